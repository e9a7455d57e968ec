using System.IO.Compression;
using GptImage2.Edits.Cases;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using GptImage2.Testing.Seeds;
using ModelContextProtocol.Protocol;

namespace GptImage2.Edits.Tools;

/// <summary>A model reads a box off what its host shows, in pixels of that, and the region lies where it saw the box.</summary>
public sealed class PreviewCoordinatesTests(EditToolsFixture bench) : IClassFixture<EditToolsFixture>
{
    private const int Seed = 20261129;

    /// <summary>The outline is white, and nothing else on these images is nearly as bright.</summary>
    private const byte Bright = 180;

    public static IEnumerable<TheoryDataRow<int>> Cases => Enumerable.Range(0, GeneratedCases.Count(200)).Select(number => new TheoryDataRow<int>(number));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_box_in_preview_pixels_lies_where_it_was_seen(int number)
    {
        var random = new Random(Seed + number);
        var (image, size) = ($"plain-{number}.png", ChooseSize(random));
        bench.Put(image, EncodePlain(size));
        var seen = AsHostShows(await bench.CallAsync("view_image", $$"""{"image": "{{image}}"}"""));
        if (number % 3 is 0)
        {
            seen = AsHostShows(await DryRunAsync(image, new Box(0.25, 0.25, 0.5, 0.5), "fractions"));
        }

        var box = ChooseBox(random, seen.Size);
        var overlay = AsHostShows(await DryRunAsync(image, box, "preview"));

        var (scaleX, scaleY) = ((double)overlay.Size.Width / seen.Size.Width, (double)overlay.Size.Height / seen.Size.Height);
        var (left, top, right, bottom) = FindOutline(overlay);
        var where = $"{size}, shown at {seen.Size} and {overlay.Size}, {box}";
        ((double)left).ShouldBe(box.X * scaleX, 1, where);
        ((double)top).ShouldBe(box.Y * scaleY, 1, where);
        ((double)right).ShouldBe((box.X + box.Width) * scaleX, 1, where);
        ((double)bottom).ShouldBe((box.Y + box.Height) * scaleY, 1, where);
    }

    private Task<CallToolResult> DryRunAsync(string image, Box box, string units) => bench.CallAsync(
        "inpaint_region",
        $$"""{"prompt": "a lid", "image": "{{image}}", "region": [{"x": {{box.X}}, "y": {{box.Y}}, "width": {{box.Width}}, "height": {{box.Height}}, "units": "{{units}}"}], "dry_run": true}""");

    /// <summary>As a host passes it on that scales down what is above 1568 pixels an edge or 1.15 megapixels.</summary>
    private static SeenImage AsHostShows(CallToolResult result)
    {
        var bytes = result.Content.OfType<ImageContentBlock>().ShouldHaveSingleItem(result.Text).DecodedData.ToArray();
        var size = ImageHeader.Read(EncodedImage.FromMemory(bytes)).Size;
        var scale = Math.Min(Math.Min(1, 1568.0 / Math.Max(size.Width, size.Height)), Math.Sqrt(1_150_000.0 / size.PixelCount));
        return new SeenImage(bytes, size, new Dimensions((int)Math.Round(size.Width * scale), (int)Math.Round(size.Height * scale)));
    }

    /// <summary>The box of the bright outline, its right and bottom edges outside it, in pixels as shown.</summary>
    private static (double Left, double Top, double Right, double Bottom) FindOutline(SeenImage seen)
    {
        var grey = ImageDecoder.DecodeIndependently(seen.Bytes, bands: 1, depth: 8);
        int[] bright = [.. Enumerable.Range(0, grey.Length).Where(pixel => grey[pixel] > Bright)];
        bright.ShouldNotBeEmpty();
        var (columns, rows) = (bright.Select(pixel => pixel % seen.Sent.Width).ToArray(), bright.Select(pixel => pixel / seen.Sent.Width).ToArray());
        var (x, y) = ((double)seen.Size.Width / seen.Sent.Width, (double)seen.Size.Height / seen.Sent.Height);
        return (columns.Min() * x, rows.Min() * y, (columns.Max() + 1) * x, (rows.Max() + 1) * y);
    }

    /// <summary>Small and huge, of any shape up to 1 to 4, lying and standing.</summary>
    private static Dimensions ChooseSize(Random random)
    {
        var longest = random.Next(20) switch
        {
            < 5 => random.Next(90, 500),
            < 11 => random.Next(500, 1568),
            < 19 => random.Next(1568, 3200),
            _ => random.Next(3200, 6000),
        };
        var other = (int)(longest / (1 + (random.NextDouble() * 3)));
        return random.Next(2) is 0 ? new Dimensions(longest, other) : new Dimensions(other, longest);
    }

    /// <summary>Away from the edges, where there is no outline, and large enough to be no dot in a ring.</summary>
    private static Box ChooseBox(Random random, Dimensions seen)
    {
        var (width, height) = (random.Next(17, seen.Width - 3), random.Next(5, seen.Height - 3));
        return new Box(random.Next(2, seen.Width - width - 1), random.Next(2, seen.Height - height - 1), width, height);
    }

    private static byte[] EncodePlain(Dimensions size)
    {
        var row = new byte[size.Width * 3];
        Array.Fill(row, (byte)128);
        return PngEncoder.Encode(size, alpha: false, CompressionLevel.Fastest, pixels =>
        {
            for (var y = 0; y < size.Height; y++)
            {
                pixels.WriteByte(0);
                pixels.Write(row);
            }
        });
    }

    private sealed record Box(double X, double Y, double Width, double Height);

    /// <param name="Sent">The size in the result.</param>
    /// <param name="Size">The size at which the host shows it.</param>
    private sealed record SeenImage(byte[] Bytes, Dimensions Sent, Dimensions Size);
}
