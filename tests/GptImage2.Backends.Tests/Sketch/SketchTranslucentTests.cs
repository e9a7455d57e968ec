using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting.DualBackground;
using static GptImage2.Backends.Tests.Sketch.SketchHost;

namespace GptImage2.Backends.Tests.Sketch;

public sealed class SketchTranslucentTests
{
    [Theory]
    [InlineData(640, 640)]
    [InlineData(480, 1440)]
    [InlineData(1440, 480)]
    public async Task The_second_picture_is_the_first_on_black(int width, int height)
    {
        var request = new GenerateRequest { Prompt = "a glass bottle", Size = new Dimensions(width, height) }.WithTwoBackdrops();
        var white = (await DrawAsync(request, RenderInputs.None))[0];
        var drawn = EncodedImage.FromMemory(white);
        var first = new RenderInputImage(drawn, ImageFormat.Png, request.Size, "base");

        var black = (await DrawAsync(SecondPicture.Create(request, "img_1"), new RenderInputs([first], null)))[0];

        using var cut = DualBackgroundRemover.CutOut(drawn, EncodedImage.FromMemory(black), TestContext.Current.CancellationToken);
        byte[] alpha = [.. cut.ToRgbaBytes().Where((_, place) => place % 4 is 3)];
        (alpha[0], alpha.Count(value => value is > 20 and < 200) > alpha.Length / 5).ShouldBe(((byte)0, true));
    }
}
