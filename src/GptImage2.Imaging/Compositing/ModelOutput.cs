using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting;
using GptImage2.Imaging.Matting.Keying;
using GptImage2.Imaging.Regions;
using GptImage2.Imaging.Vips;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Compositing;

/// <summary>What the model drew: 8-bit sRGB, scaled to the part of the original that was sent, and cut out of its backdrop where it was told to use one.</summary>
internal sealed class ModelOutput : IDisposable
{
    /// <summary>Chroma in levels that counts as colour.</summary>
    private const int MinChroma = 40;

    /// <summary>Share of the region's pixels that must be colourful.</summary>
    private const double MinColourfulShare = 0.005;

    private readonly VipsImage _part;

    /// <summary>Null where all of it counts as opaque.</summary>
    private readonly VipsImage? _alpha;

    /// <param name="backdrop">What it was told to draw on; null where nothing is cut out.</param>
    /// <exception cref="BackgroundRemovalException">It cannot be cut out of that backdrop.</exception>
    internal ModelOutput(EncodedImage image, CanvasPlacement placement, Colour? backdrop = null)
    {
        using var opened = backdrop is { } colour ? OpenCutOut(image, colour) : OpenFlat(image);
        using var canvas = opened.Resize(placement.Canvas);
        using var pixels = ImageLoader.WithDecodeErrors(canvas.CopyToMemory);
        using var part = pixels.Crop(placement.PadLeft, placement.PadTop, placement.Scaled);
        using var scaled = part.Resize(placement.Area.Size);
        _part = scaled.ExtractBands(0, 3);
        _alpha = scaled.HasAlpha ? scaled.ExtractBands(3, 1) : null;
    }

    internal bool IsCutOut => _alpha is not null;

    /// <summary>Alpha of a rectangle, relative to the part, one byte a pixel; null where all of it is opaque.</summary>
    internal byte[]? ReadAlpha(PixelArea area)
    {
        using var part = _alpha?.Crop(area.Left, area.Top, area.Size);
        return part?.ToByteArray();
    }

    /// <summary>A rectangle, relative to the part, converted to the colour space and bit depth of another image, without alpha.</summary>
    internal VipsImage ConvertTo(VipsImage image, PixelArea area)
    {
        using var part = _part.Crop(area.Left, area.Top, area.Size);
        var isSixteenBit = image.Format is VipsBandFormat.UShort;
        if (image.HasProfile && part.ConvertToProfileOf(image, isSixteenBit) is { } converted)
        {
            if (converted.Bands == image.ColourBands && converted.Format == image.Format)
            {
                return converted;
            }

            converted.Dispose();
        }

        using var coloured = image.ColourBands == 1 ? part.ToGrey() : part.Copy();
        return !isSixteenBit ? coloured.Copy() : coloured.ToSixteenBit(image.ColourBands == 1 ? "grey16" : "rgb16");
    }

    /// <summary>Whether the region contains colour, and not only the tint that models add to greys.</summary>
    internal bool IsColourful(RegionMask region, PixelArea area)
    {
        var coloured = 0L;
        using var pixels = new VipsRegion(_part);
        foreach (var band in area.Intersect(region.Bounds)!.Value.SplitIntoRowBands())
        {
            var values = pixels.Read(band.RelativeTo(area));
            var mask = region.GetMask(band);
            for (var i = 0; i < mask.Length; i++)
            {
                var pixel = new Colour(values[i * 3], values[(i * 3) + 1], values[(i * 3) + 2]);
                coloured += mask[i] != 0 && pixel.Chroma > MinChroma ? 1 : 0;
            }
        }

        return coloured > MinColourfulShare * region.PixelCount;
    }

    public void Dispose()
    {
        _part.Dispose();
        _alpha?.Dispose();
    }

    private static VipsImage OpenFlat(EncodedImage image)
    {
        using var opened = new ImageLoader(image).OpenUpright(PixelAccess.Sequential);
        using var srgb = opened.ToSrgb8();
        return srgb.Flatten(Colour.White);
    }

    private static VipsImage OpenCutOut(EncodedImage image, Colour backdrop)
    {
        using var cut = KeyedDrawing.CutOut(image, backdrop);
        return cut.Native.Copy();
    }
}
