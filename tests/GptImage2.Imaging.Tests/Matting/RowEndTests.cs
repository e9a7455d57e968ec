using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Matting.Background;

namespace GptImage2.Imaging.Tests.Matting;

/// <summary>A row ends where it ends: what lies at the left border is no neighbour of what lies at the right one.</summary>
public sealed class RowEndTests
{
    private const int Width = 5;

    [Theory]
    [InlineData(4, 1, 1, -1)]
    [InlineData(5, -1, 1, -1)]
    [InlineData(7, 1, 2, 9)]
    [InlineData(7, 1, 3, -1)]
    [InlineData(7, -1, 3, -1)]
    [InlineData(0, -1, 1, -1)]
    [InlineData(3, Width, 2, 13)]
    [InlineData(3, Width, 3, -1)]
    [InlineData(13, -Width, 2, 3)]
    [InlineData(3, -Width, 1, -1)]
    [InlineData(14, 1, 1, -1)]
    public void No_step_leaves_the_image_or_its_row(int index, int direction, int steps, int target)
    {
        var pixels = new RgbaBuffer(Width, 3, new byte[Width * 3 * 4]);
        var background = new BackgroundModel(new PolynomialColourField(pixels, default), Colour.Black, 0, 1, 0);

        new MattingContext(pixels, background, new MattingThresholds(0, IsLossy: false, IsNeutral: true)).Step(index, direction, steps).ShouldBe(target);
    }
}
