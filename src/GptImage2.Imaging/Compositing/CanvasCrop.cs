using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Regions;
using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Compositing;

/// <summary>Renders the part of an image that is sent to a model, and its mask.</summary>
public static class CanvasCrop
{
    /// <summary>Mean brightness of the visible pixels above which they would vanish on white.</summary>
    private const double NearWhiteThreshold = 200;

    private static readonly Colour MiddleGrey = new(128, 128, 128);

    /// <summary>
    /// The part on its canvas, in memory: upright, 8-bit sRGB without alpha, scaled, its edge pixels repeated into the padding.
    /// Transparency is flattened onto the backdrop, else onto white, or onto middle grey when the visible pixels are nearly white themselves.
    /// </summary>
    /// <param name="backdrop">What the model is to draw on, where it is to be cut out afterwards.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part reaches outside the image.</exception>
    public static Image Extract(EncodedImage original, CanvasPlacement placement, Colour? backdrop = null)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(placement);
        using var part = LoadScaledPart(original, placement);
        using var flat = part.Flatten(backdrop ?? ChooseBackground(part));
        using var canvas = flat.Embed(placement.PadLeft, placement.PadTop, placement.Canvas, "copy");
        return new Image(canvas.CopyToMemory());
    }

    /// <summary>
    /// A PNG of the canvas size with alpha: 0 where the model may draw, 255 elsewhere, padding included. Noise over 3840x2160 takes
    /// 2.0 MB with the bundled libvips; other versions compress worse, so a mask that is too large is coarsened.
    /// </summary>
    /// <param name="maxBytes">The encoded mask is smaller than this, in bytes, unless a mask of one block is not.</param>
    public static void WriteMask(RegionMask region, CanvasPlacement placement, Stream png, long maxBytes)
    {
        ArgumentNullException.ThrowIfNull(region);
        ArgumentNullException.ThrowIfNull(placement);
        ArgumentNullException.ThrowIfNull(png);
        var canvasMask = new CanvasMask(region, placement);
        var encoded = canvasMask.EncodePng();
        for (var block = 2; encoded.Length >= maxBytes && block <= Math.Max(placement.Canvas.Width, placement.Canvas.Height); block *= 2)
        {
            canvasMask.Coarsen(block);
            encoded = canvasMask.EncodePng();
        }

        png.Write(encoded);
    }

    /// <summary>Crops and scales the image as stored while it streams; only the small result is rotated.</summary>
    private static VipsImage LoadScaledPart(EncodedImage original, CanvasPlacement placement)
    {
        using var part = new ImageLoader(original).OpenStoredPart(placement.Area);
        using var srgb = part.ToSrgb8();
        using var scaled = srgb.Resize(ImageHeader.GetOrientation(part) < 5 ? placement.Scaled : new Dimensions(placement.Scaled.Height, placement.Scaled.Width));
        using var pixels = ImageLoader.WithDecodeErrors(scaled.CopyToMemory);
        return pixels.AutoRotate();
    }

    private static Colour ChooseBackground(VipsImage part)
    {
        if (!part.HasAlpha)
        {
            return Colour.White;
        }

        var (brightness, weight) = (0.0, 1.0);
        var pixels = part.ToByteArray();
        for (var i = 0; i < pixels.Length; i += 4)
        {
            brightness += (pixels[i] + pixels[i + 1] + pixels[i + 2]) / 3.0 * pixels[i + 3];
            weight += pixels[i + 3];
        }

        return brightness / weight > NearWhiteThreshold ? MiddleGrey : Colour.White;
    }
}

/// <summary>The alpha of a mask on its canvas, one byte a pixel: 0 where the model may draw, 255 elsewhere.</summary>
internal sealed class CanvasMask
{
    private readonly CanvasPlacement _placement;
    private readonly byte[] _alpha;

    internal CanvasMask(RegionMask region, CanvasPlacement placement)
    {
        _placement = placement;
        _alpha = new byte[placement.Canvas.PixelCount];
        _alpha.AsSpan().Fill(255);
        RasterizeRegion(region);
    }

    /// <summary>All four channels are equal: that compresses best, and viewers show what the mask means.</summary>
    internal byte[] EncodePng()
    {
        using var alpha = VipsImage.FromPixels(_alpha, _placement.Canvas.Width, _placement.Canvas.Height, bands: 1);
        using var joined = new VipsOperation("bandjoin").With("in", [alpha, alpha, alpha, alpha]).ToImage();
        using var rgba = joined.WithInterpretation("srgb");
        using var stream = new MemoryStream();
        using var target = new VipsTarget(stream);
        new VipsOperation("pngsave_target").With("in", rgba).With("target", target).With("compression", 6).WithEnum("filter", "none").Run();
        return stream.ToArray();
    }

    /// <summary>Makes each block editable that contains an editable pixel, so that even a mask of noise fits.</summary>
    internal void Coarsen(int block)
    {
        var (right, bottom) = (_placement.PadLeft + _placement.Scaled.Width, _placement.PadTop + _placement.Scaled.Height);
        for (var top = _placement.PadTop; top < bottom; top += block)
        {
            for (var left = _placement.PadLeft; left < right; left += block)
            {
                Coarsen(left, top, Math.Min(block, right - left), Math.Min(block, bottom - top));
            }
        }
    }

    private void Coarsen(int left, int top, int width, int height)
    {
        var editable = false;
        for (var y = top; y < top + height && !editable; y++)
        {
            editable = RowSpan(y).Slice(left, width).Contains((byte)0);
        }

        for (var y = top; y < top + height && editable; y++)
        {
            RowSpan(y).Slice(left, width).Clear();
        }
    }

    private void RasterizeRegion(RegionMask region)
    {
        var (area, scaled) = (_placement.Area, _placement.Scaled);
        var mask = new byte[area.Size.Width];
        for (var row = 0; row < scaled.Height; row++)
        {
            var (first, end) = SourceSpan(row, scaled.Height, area.Size.Height);
            for (var y = first; y < end; y++)
            {
                region.CopyRow(area.Top + y, area.Left, mask);
                if (mask.AsSpan().Contains((byte)1))
                {
                    MarkEditable(RowSpan(_placement.PadTop + row).Slice(_placement.PadLeft, scaled.Width), mask);
                }
            }
        }
    }

    private static void MarkEditable(Span<byte> row, byte[] mask)
    {
        for (var x = 0; x < row.Length; x++)
        {
            var (first, end) = SourceSpan(x, row.Length, mask.Length);
            if (mask.AsSpan(first, end - first).Contains((byte)1))
            {
                row[x] = 0;
            }
        }
    }

    /// <summary>The source pixels of one canvas pixel: the one under its centre when enlarged, all that it covers when reduced.</summary>
    private static (int First, int End) SourceSpan(int position, int scaledLength, int length)
    {
        if (scaledLength >= length)
        {
            var source = (int)(((2L * position) + 1) * length / (2L * scaledLength));
            return (source, source + 1);
        }

        return ((int)((long)position * length / scaledLength), (int)((((position + 1L) * length) + scaledLength - 1) / scaledLength));
    }

    private Span<byte> RowSpan(int y) => _alpha.AsSpan(y * _placement.Canvas.Width, _placement.Canvas.Width);
}
