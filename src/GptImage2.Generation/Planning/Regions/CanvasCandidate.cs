using GptImage2.Generation.Models;
using GptImage2.Imaging.Compositing;

namespace GptImage2.Generation.Planning.Regions;

/// <summary>A canvas, and how large a part of the image it shows at what scale; the part's position is still open.</summary>
internal sealed record CanvasCandidate(Dimensions Canvas, double Scale, Dimensions Area)
{
    /// <summary>Share of the canvas that is image and not padding.</summary>
    internal double Fill => Area.PixelCount * Scale * Scale / Canvas.PixelCount;

    /// <summary>As much of the image as the canvas holds at a scale.</summary>
    internal static CanvasCandidate AtScale(double scale, Dimensions canvas, Dimensions image) => new(
        canvas, scale, new Dimensions(VisibleLength(canvas.Width, scale, image.Width), VisibleLength(canvas.Height, scale, image.Height)));

    internal bool Contains(Dimensions part) => Area.Width >= part.Width && Area.Height >= part.Height;

    /// <summary>With the region in the middle where the image has room, and shifted where it has not.</summary>
    internal CanvasPlacement PlaceAround(Dimensions image, PixelArea region)
    {
        var left = CenteredStart(region.Left, region.Size.Width, Area.Width, image.Width);
        var top = CenteredStart(region.Top, region.Size.Height, Area.Height, image.Height);
        var fit = new CanvasPlacement(new PixelArea(left, top, Area), Scale, Canvas, 0, 0);
        return fit with { PadLeft = (Canvas.Width - fit.Scaled.Width) / 2, PadTop = (Canvas.Height - fit.Scaled.Height) / 2 };
    }

    /// <summary>Rounding must not lose a pixel to floating-point error.</summary>
    private static int VisibleLength(int edge, double scale, int image) => Math.Clamp((int)((edge / scale) + 1e-6), 1, image);

    private static int CenteredStart(int region, int length, int area, int image) => Math.Clamp(region + ((length - area) / 2), 0, image - area);
}

/// <summary>
/// What a model must see of an image beside the region, however large that is: without surroundings the mask keeps nothing, the prompt's "keep
/// everything else" points at nothing, and the result cannot fit.
/// </summary>
internal static class NeededContext
{
    /// <summary>On each side, as a share of the region's width or height.</summary>
    internal const double Share = 0.12;

    /// <summary>The region's size with its surroundings; where the image ends, it needs none. <see cref="CanvasCandidate.PlaceAround"/> gives each side its share.</summary>
    internal static Dimensions Around(PixelArea region, Dimensions image) => new(
        Widen(region.Left, region.Size.Width, image.Width), Widen(region.Top, region.Size.Height, image.Height));

    private static int Widen(int start, int length, int image)
    {
        var margin = (int)Math.Ceiling(Share * length);
        return Math.Min(image, start + length + margin) - Math.Max(0, start - margin);
    }
}

/// <summary>How much of an image a model should see around a region, in pixels.</summary>
internal readonly record struct DesiredContext(double Width, double Height)
{
    /// <summary>Models draw worse on fewer pixels, whatever the region needs.</summary>
    private const double MinPixels = 1_350_000;

    /// <summary>Longer crops show much of what is far away and little of what is near.</summary>
    private const double MaxRatio = 2;

    /// <summary>As much as the region on each side, not too long, not too small, and no more than there is.</summary>
    internal static DesiredContext Compute(Dimensions image, Dimensions region)
    {
        var (width, height) = (3.0 * region.Width, 3.0 * region.Height);
        (width, height) = (Math.Min(image.Width, Math.Max(width, height / MaxRatio)), Math.Min(image.Height, Math.Max(height, width / MaxRatio)));
        if (width * height >= MinPixels)
        {
            return new DesiredContext(width, height);
        }

        width = Math.Min(image.Width, width * Math.Sqrt(MinPixels / (width * height)));
        height = Math.Min(image.Height, MinPixels / width);
        return new DesiredContext(Math.Min(image.Width, MinPixels / height), height);
    }

    internal double Distance(Dimensions size) => SizeRules.Distance(size, Width, Height);
}
