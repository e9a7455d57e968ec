using GptImage2.Imaging;
using GptImage2.Imaging.Compositing;

namespace GptImage2.Generation.Planning.Regions;

/// <summary>A canvas, and how large a part of the picture lies on it at what scale; where that part lies is still open.</summary>
internal sealed record CanvasCandidate(Dimensions Canvas, double Scale, Dimensions Area)
{
    /// <summary>Share of the canvas that is picture and not padding.</summary>
    internal double Fill => Area.PixelCount * Scale * Scale / Canvas.PixelCount;

    /// <summary>As much of the picture as the canvas holds at a scale.</summary>
    internal static CanvasCandidate AtScale(double scale, Dimensions canvas, Dimensions image) => new(
        canvas, scale, new Dimensions(VisibleLength(canvas.Width, scale, image.Width), VisibleLength(canvas.Height, scale, image.Height)));

    internal bool Contains(Dimensions region) => Area.Width >= region.Width && Area.Height >= region.Height;

    /// <summary>With the region in the middle where the picture has room, and shifted where it has not.</summary>
    internal CanvasPlacement PlaceAround(Dimensions image, PixelArea region)
    {
        var left = CenteredStart(region.Left, region.Size.Width, Area.Width, image.Width);
        var top = CenteredStart(region.Top, region.Size.Height, Area.Height, image.Height);
        var fit = new CanvasPlacement(new PixelArea(left, top, Area), Scale, Canvas, 0, 0);
        return fit with { PadLeft = (Canvas.Width - fit.Scaled.Width) / 2, PadTop = (Canvas.Height - fit.Scaled.Height) / 2 };
    }

    /// <summary>The quotient of a quotient may miss the whole number it stands for by a hair.</summary>
    private static int VisibleLength(int edge, double scale, int image) => Math.Clamp((int)((edge / scale) + 1e-6), 1, image);

    private static int CenteredStart(int region, int length, int area, int image) => Math.Clamp(region + ((length - area) / 2), 0, image - area);
}
