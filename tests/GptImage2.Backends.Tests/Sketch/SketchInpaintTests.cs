using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using static GptImage2.Backends.Tests.Sketch.SketchHost;

namespace GptImage2.Backends.Tests.Sketch;

public sealed class SketchInpaintTests
{
    private const int Width = 320;
    private const int Height = 240;

    public static TheoryData<string> Shapes => [.. Regions.Keys];

    private static readonly Dictionary<string, Func<int, int, bool>> Regions = new()
    {
        ["rectangle"] = (x, y) => x is >= 100 and < 250 && y is >= 50 and < 200,
        ["two parts"] = (x, y) => (x < 100 && y < 100) || (x > 230 && y > 150),
        ["ring"] = (x, y) => ((x - 160) * (x - 160)) + ((y - 120) * (y - 120)) is > 40 * 40 and < 110 * 110,
        ["all but a part"] = (x, y) => !(x is > 125 and < 200 && y is > 75 and < 150),
        ["a sliver"] = (x, y) => x is >= 50 and < 300 && y is >= 100 and < 106,
        ["a dot"] = (x, y) => x is 160 or 161 && y is 120 or 121,
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Repaints_every_pixel_but_outside_the_region_only_by_a_few_levels(string shape)
    {
        var sent = Photograph(Width, Height);

        var drawn = await InpaintAsync("purple flowers", sent, Mask(Width, Height, Regions[shape]));

        SizeOf(drawn[0]).ShouldBe(new Dimensions(Width, Height));
        var (before, after) = (Pixels(sent.Image), Pixels(drawn[0]));
        var outside = Differences(before, after, (x, y) => !Regions[shape](x, y));
        outside.Min(apart => apart.Least).ShouldBeGreaterThan(0);
        outside.Max(apart => apart.Most).ShouldBeLessThanOrEqualTo(6);
    }

    [Theory]
    [InlineData("rectangle")]
    [InlineData("two parts")]
    [InlineData("ring")]
    [InlineData("all but a part")]
    public async Task Shows_something_new_inside(string shape)
    {
        var sent = Photograph(Width, Height);

        var drawn = await InpaintAsync("purple flowers", sent, Mask(Width, Height, Regions[shape]));

        Differences(Pixels(sent.Image), Pixels(drawn[0]), Regions[shape]).Average(apart => apart.Most).ShouldBeGreaterThan(40);
    }

    [Fact]
    public async Task Fades_in_from_the_border()
    {
        var sent = Photograph(Width, Height);

        var drawn = await InpaintAsync("purple flowers", sent, Mask(Width, Height, Regions["rectangle"]));

        var (before, after) = (Pixels(sent.Image), Pixels(drawn[0]));
        var border = Differences(before, after, (x, y) => x is >= 100 and < 102 && y is > 55 and < 195);
        border.Max(apart => apart.Most).ShouldBeLessThan(14);
        var further = Differences(before, after, (x, y) => x is >= 120 and < 125 && y is > 75 and < 175);
        further.Average(apart => apart.Most).ShouldBeGreaterThan(40);
    }

    [Theory]
    [InlineData("black", 0)]
    [InlineData("white", 255)]
    public async Task Even_black_and_white_are_repainted(string name, int level)
    {
        byte[] pixels = [.. Enumerable.Repeat((byte)level, Width * Height * 4)];
        using var picture = Image.FromPixels(new(Width, Height), pixels);
        using var flat = picture.Flatten(new Colour((byte)level, (byte)level, (byte)level));
        var image = EncodedImage.FromMemory(flat.Encode(new SaveOptions { Format = ImageFormat.Png }));

        var drawn = await InpaintAsync($"a {name} cat", new RenderInputImage(image, ImageFormat.Png, new(Width, Height), "base"), Mask(Width, Height, Regions["a dot"]));

        Differences(Pixels(image), Pixels(drawn[0]), (x, y) => !Regions["a dot"](x, y)).Min(apart => apart.Least).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task What_can_be_seen_through_stays_so_except_where_something_new_is_drawn()
    {
        var sent = Mask(Width, Height, (x, _) => x >= 60);

        var drawn = await InpaintAsync("purple flowers", sent, Mask(Width, Height, Regions["rectangle"]));

        var after = Pixels(drawn[0]);
        (Alpha(30, 25), Alpha(80, 125)).ShouldBe(((byte)255, (byte)0));
        Alpha(135, 85).ShouldBeGreaterThan((byte)200);

        byte Alpha(int x, int y) => after[(((y * Width) + x) * 4) + 3];
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_region_of_everything_or_of_nothing_can_be_drawn(bool everything)
    {
        var drawn = await InpaintAsync("purple flowers", Photograph(Width, Height), Mask(Width, Height, (_, _) => everything));

        SizeOf(drawn.ShouldHaveSingleItem()).ShouldBe(new Dimensions(Width, Height));
    }

    [Theory]
    [InlineData(480, 1440)]
    [InlineData(1440, 480)]
    public async Task Sixteen_references_fit_any_shape(int width, int height)
    {
        string[] roles = ["identity", "style", "environment", "object", "layout"];
        RenderInputImage[] references = [.. Enumerable.Range(0, 16).Select(index => Photograph(40 + index, 60, roles[index % 5]))];

        var drawn = await InpaintAsync("purple flowers", Photograph(width, height), Mask(width, height, (x, y) => x > 20 && y > 20), references);

        SizeOf(drawn.ShouldHaveSingleItem()).ShouldBe(new Dimensions(width, height));
    }

    [Fact]
    public async Task The_same_images_give_the_same_sketch_and_others_another()
    {
        var mask = Mask(Width, Height, Regions["rectangle"]);

        var once = await InpaintAsync("purple flowers", Photograph(Width, Height), mask);
        var again = await InpaintAsync("purple flowers", Photograph(Width, Height), mask);
        var other = await InpaintAsync("purple flowers", Photograph(Width, Height, light: 3), mask);

        again[0].ShouldBe(once[0]);
        other[0].ShouldNotBe(once[0]);
    }

    private static List<(int Least, int Most)> Differences(byte[] before, byte[] after, Func<int, int, bool> where) =>
        [.. Enumerable.Range(0, before.Length / 4).Where(pixel => where(pixel % Width, pixel / Width)).Select(pixel => ChannelDifference(before, after, pixel))];

    private static Task<IReadOnlyList<byte[]>> InpaintAsync(string prompt, RenderInputImage sent, RenderInputImage mask, params IReadOnlyList<RenderInputImage> references) =>
        DrawAsync(new InpaintRequest { Prompt = prompt, Size = sent.Size, Image = CreateReference("base") }, new RenderInputs([sent, .. references], mask));
}
