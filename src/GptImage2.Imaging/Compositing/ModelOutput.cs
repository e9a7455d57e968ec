using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Regions;
using GptImage2.Imaging.Vips;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Compositing;

/// <summary>What the model drew, as 8-bit sRGB over the part of the original that was sent.</summary>
internal sealed class ModelOutput : IDisposable
{
    /// <summary>Between the greatest and the least of red, green and blue.</summary>
    private const int MinChroma = 40;

    /// <summary>Of the region's pixels.</summary>
    private const double MinColourfulShare = 0.005;

    private readonly VipsImage _part;

    internal ModelOutput(EncodedImage image, CanvasPlacement fit, ImageLimits? limits)
    {
        using var opened = new ImageLoader(image, limits).OpenUpright(PixelAccess.Sequential);
        using var plain = opened.ToSrgb8();
        using var flat = plain.Flatten(Colour.White);
        using var canvas = flat.Resize(fit.Canvas);
        using var pixels = SourceImage.WithDecodeErrors(canvas.CopyToMemory);
        using var drawn = pixels.Crop(fit.PadLeft, fit.PadTop, fit.Scaled);
        _part = drawn.Resize(fit.Area.Size);
    }

    /// <summary>A rectangle of it, counted from the part's corner, in the colours of another image and without alpha.</summary>
    internal VipsImage ConvertTo(VipsImage image, PixelArea within)
    {
        using var cut = _part.Crop(within.Left, within.Top, within.Size);
        var deep = image.Format is VipsBandFormat.UShort;
        if (image.HasProfile && cut.ConvertToProfileOf(image, deep) is { } converted)
        {
            if (converted.Bands == image.ColourBands && converted.Format == image.Format)
            {
                return converted;
            }

            converted.Dispose();
        }

        using var coloured = image.ColourBands == 1 ? cut.ToGrey() : cut.Copy();
        return !deep ? coloured.Copy() : coloured.ToSixteenBit(image.ColourBands == 1 ? "grey16" : "rgb16");
    }

    /// <summary>Whether the region holds colour, and not merely the tint that models leave on grey.</summary>
    internal bool IsColourful(RegionMask region, PixelArea area)
    {
        var coloured = 0L;
        using var pixels = new VipsRegion(_part);
        foreach (var strip in RowBands.Split(area.Intersect(region.Bounds)!.Value))
        {
            var values = pixels.Read(strip.RelativeTo(area));
            var marks = region.GetMask(strip);
            for (var i = 0; i < marks.Length; i++)
            {
                var (red, green, blue) = (values[i * 3], values[(i * 3) + 1], values[(i * 3) + 2]);
                coloured += marks[i] != 0 && Math.Max(red, Math.Max(green, blue)) - Math.Min(red, Math.Min(green, blue)) > MinChroma ? 1 : 0;
            }
        }

        return coloured > MinColourfulShare * region.PixelCount;
    }

    public void Dispose() => _part.Dispose();
}
