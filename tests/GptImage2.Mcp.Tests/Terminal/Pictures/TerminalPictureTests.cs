using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Mcp.Terminal.Pictures;
using GptImage2.Testing.Images;

namespace GptImage2.Mcp.Tests.Terminal.Pictures;

/// <summary>What a terminal is sent, read back as the terminal reads it.</summary>
public sealed class TerminalPictureTests
{
    private static readonly Dimensions Size = new(700, 350);

    [Fact]
    public void Kitty_gets_a_small_png_in_parts_of_which_only_the_last_is_the_last()
    {
        var written = Write(PictureProtocol.Kitty);

        var parts = Regex.Matches(written, "\e_G([^;]*);([A-Za-z0-9+/=]*)\e\\\\");
        parts.Count.ShouldBeGreaterThan(1);
        string.Concat(parts.Select(part => part.Value)).ShouldBe(written.TrimEnd('\r', '\n'));
        parts[0].Groups[1].Value.ShouldBe("a=T,f=100,q=2,m=1");
        parts.Select(part => part.Groups[1].Value).Skip(1).ShouldBe([.. Enumerable.Repeat("m=1", parts.Count - 2), "m=0"]);
        parts.ShouldAllBe(part => part.Groups[2].Length <= 4096);
        ReadSize(Convert.FromBase64String(string.Concat(parts.Select(part => part.Groups[2].Value)))).ShouldBe(new Dimensions(480, 240));
    }

    [Fact]
    public void ITerm2_gets_the_whole_png_with_its_length()
    {
        var sent = Regex.Match(Write(PictureProtocol.ITerm2), "^\e\\]1337;File=inline=1;size=([0-9]+):([A-Za-z0-9+/=]+)\a\\r?\\n\\z");

        var png = Convert.FromBase64String(sent.Groups[2].Value);
        png.Length.ShouldBe(int.Parse(sent.Groups[1].Value, CultureInfo.InvariantCulture));
        ReadSize(png).ShouldBe(new Dimensions(480, 240));
    }

    [Fact]
    public void Nothing_is_written_where_no_picture_can_be_shown() => Write(PictureProtocol.Off).ShouldBe("");

    /// <summary>Three colours that the registers hold exactly, in two bands, of which the second is a row high.</summary>
    [Fact]
    public void Sixels_draw_every_pixel_in_its_colour()
    {
        byte[][] colours = [[255, 0, 0, 255], [0, 255, 0, 255], [51, 102, 204, 255]];
        var size = new Dimensions(11, 7);
        byte[] rgba = [.. Enumerable.Range(0, size.Width * size.Height).SelectMany(place => colours[place * place % 7 % 3])];

        var drawn = Draw(SixelEncoder.Encode(rgba, size), size);

        for (var place = 0; place < size.Width * size.Height; place++)
        {
            drawn[place].ShouldBe((colours[place * place % 7 % 3][0], colours[place * place % 7 % 3][1], colours[place * place % 7 % 3][2]), $"at {place}");
        }
    }

    private static string Write(PictureProtocol protocol)
    {
        var terminal = new StringWriter();
        TerminalPicture.Write(terminal, protocol, EncodedImage.FromMemory(NoisePng.Create(Size, 1)));
        return terminal.ToString();
    }

    private static Dimensions ReadSize(byte[] png) => ImageHeader.Read(EncodedImage.FromMemory(png)).Size;

    /// <summary>A terminal, as far as it draws sixels.</summary>
    private static Dictionary<int, (int Red, int Green, int Blue)> Draw(string sixels, Dimensions size)
    {
        var body = Regex.Match(sixels, "^\eP0;1;0q\"1;1;([0-9]+);([0-9]+)(.*)\e\\\\\\z", RegexOptions.Singleline);
        (body.Groups[1].Value, body.Groups[2].Value).ShouldBe(($"{size.Width}", $"{size.Height}"));
        var (registers, pixels) = (new Dictionary<string, (int, int, int)>(), new Dictionary<int, (int, int, int)>());
        var (register, x, top) = ("", 0, 0);
        foreach (Match token in Regex.Matches(body.Groups[3].Value, @"#(\d+);2;(\d+);(\d+);(\d+)|#(\d+)|(?:!(\d+))?([?-~])|(\$)|(-)"))
        {
            string Group(int number) => token.Groups[number].Value;
            if (token.Groups[1].Success)
            {
                registers[Group(1)] = (Percent(Group(2)), Percent(Group(3)), Percent(Group(4)));
            }
            else if (token.Groups[5].Success)
            {
                register = Group(5);
            }
            else if (token.Groups[7].Success)
            {
                for (var run = token.Groups[6].Success ? int.Parse(Group(6), CultureInfo.InvariantCulture) : 1; run > 0; run--, x++)
                {
                    for (var row = 0; row < 6; row++)
                    {
                        if (((Group(7)[0] - '?') >> row & 1) is 1)
                        {
                            pixels.Add(((top + row) * size.Width) + x, registers[register]);
                        }
                    }
                }
            }
            else
            {
                (x, top) = (0, top + (token.Groups[9].Success ? 6 : 0));
            }
        }

        pixels.Count.ShouldBe(size.Width * size.Height);
        return pixels;

        static int Percent(string value) => int.Parse(value, CultureInfo.InvariantCulture) * 255 / 100;
    }
}
