using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using static GptImage2.Backends.Tests.Sketch.SketchHost;

namespace GptImage2.Backends.Tests.Sketch;

public sealed class SketchCutoutTests
{
    private static readonly ChromaKey Green = ChromaKey.ChooseFor("");

    [Theory]
    [InlineData(640, 640)]
    [InlineData(480, 1440)]
    [InlineData(1440, 480)]
    public async Task The_chroma_key_reaches_every_edge_and_has_one_colour(int width, int height)
    {
        var drawn = await DrawAsync(Request(new Dimensions(width, height), "a brass lantern"), RenderInputs.None);

        var (pixels, margin) = (Pixels(drawn[0]), Math.Min(width, height) / 20);
        var rim = Enumerable.Range(0, width * height).Where(pixel => OnRim(pixel % width, pixel / width)).Select(pixel => At(pixels, pixel));
        rim.Distinct().ShouldBe([Green.Colour]);

        bool OnRim(int x, int y) => x < margin || y < margin || x >= width - margin || y >= height - margin;
    }

    [Theory]
    [InlineData("a green frog in the grass, lime and emerald")]
    [InlineData("a brass lantern")]
    [InlineData("white snow, teal and turquoise ice")]
    public async Task Nothing_on_the_subject_is_near_the_chroma_key_colour(string prompt)
    {
        var drawn = await DrawAsync(Request(new Dimensions(640, 640), prompt), RenderInputs.None);

        var pixels = Pixels(drawn[0]);
        var nearest = Enumerable.Range(0, 640 * 640).Where(pixel => Inside(pixel % 640) && Inside(pixel / 640)).Min(pixel => Distance(At(pixels, pixel), Green.Colour));
        nearest.ShouldBeGreaterThan(70);

        // The square that the token's round corners leave free of ground.
        static bool Inside(int at) => at is > 150 and < 490;
    }

    [Fact]
    public async Task Every_chroma_key_gets_its_own_ground()
    {
        var backdrop = ChromaKey.ChooseFor("a green plant");

        var drawn = await DrawAsync(Request(new Dimensions(640, 640), "a green plant") with { Backdrop = backdrop }, RenderInputs.None);

        At(Pixels(drawn[0]), 0).ShouldBe(backdrop.Colour);
    }

    [Fact]
    public async Task References_are_reported_in_words_because_their_colours_could_be_the_chroma_keys()
    {
        var request = new EditRequest { Prompt = "a lantern", Size = new Dimensions(640, 640), Backdrop = Green, References = [CreateReference("identity")] };
        using var green = Image.FromColour(new Dimensions(64, 64), Green.Colour);
        var image = EncodedImage.FromMemory(green.Encode(new SaveOptions { Format = ImageFormat.Png }));

        var drawn = await DrawAsync(request, new RenderInputs([new RenderInputImage(image, ImageFormat.Png, new(64, 64), "identity")], null));

        var pixels = Pixels(drawn[0]);
        Enumerable.Range(0, 640 * 640).Where(pixel => pixel % 640 is > 150 and < 490 && pixel / 640 is > 150 and < 490)
            .ShouldNotContain(pixel => At(pixels, pixel) == Green.Colour);
    }

    private static GenerateRequest Request(Dimensions size, string prompt) => new() { Prompt = prompt, Size = size, Backdrop = Green };

    private static Colour At(byte[] pixels, int pixel) => new(pixels[pixel * 4], pixels[(pixel * 4) + 1], pixels[(pixel * 4) + 2], pixels[(pixel * 4) + 3]);

    private static double Distance(Colour one, Colour other) =>
        Math.Sqrt(Math.Pow(one.Red - other.Red, 2) + Math.Pow(one.Green - other.Green, 2) + Math.Pow(one.Blue - other.Blue, 2));
}
