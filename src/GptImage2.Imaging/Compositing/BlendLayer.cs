using GptImage2.Imaging.Vips;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Compositing;

/// <summary>The layer blended over the original, and how strongly at each pixel. In the original's bit depth and colour space.</summary>
/// <param name="area">The rectangle of the original that the layer covers.</param>
/// <param name="colours">The layer without alpha, of the size of <paramref name="area"/>.</param>
/// <param name="weights">Blend weights of the colours, one byte a pixel.</param>
/// <param name="alphaWeights">Weights of the layer's alpha, one byte a pixel; null when the original's alpha stays.</param>
/// <param name="alpha">The layer's alpha, one byte a pixel; null where it is opaque.</param>
internal sealed class BlendLayer(PixelArea area, VipsImage colours, byte[] weights, byte[]? alphaWeights, byte[]? alpha) : IDisposable
{
    /// <summary>Alpha that nobody sees.</summary>
    private const byte Invisible = 15;

    internal bool RevealsAlpha => alphaWeights is not null;

    /// <summary>Whether nothing of it is seen, wherever it is laid.</summary>
    internal bool IsEmpty => alpha is not null && alphaWeights is not null && !alpha.Zip(alphaWeights).Any(pixel => pixel.First > Invisible && pixel.Second > 0);

    /// <summary>
    /// The original with this layer blended over it. Every pixel is computed at its own position from a single read of the original: inserting
    /// a blended part would read it twice, and libvips closes a stream as soon as one of two readers is done.
    /// </summary>
    internal VipsImage BlendOver(VipsImage original)
    {
        var size = new Dimensions(original.Width, original.Height);
        using var placed = colours.Embed(area.Left, area.Top, size, "black");
        using var above = original.HasAlpha ? WithLayerAlpha(placed, original) : placed.Copy();
        using var layerWeights = CreateWeightImage(original);
        using var placedWeights = layerWeights.Embed(area.Left, area.Top, size, "black");
        using var blended = placedWeights.Blend(above, original);
        return blended.WithInterpretationAndProfileOf(original);
    }

    public void Dispose() => colours.Dispose();

    private VipsImage WithLayerAlpha(VipsImage placed, VipsImage original)
    {
        if (alphaWeights is not null && alpha is null)
        {
            return placed.EnsureAlpha();
        }

        using var own = alphaWeights is null ? original.ExtractBands(original.Bands - 1, 1) : PlaceAlpha(alpha!, original);
        return placed.JoinBands(own);
    }

    private VipsImage PlaceAlpha(byte[] own, VipsImage original)
    {
        using var part = VipsImage.FromPixels(own, area.Size.Width, area.Size.Height, bands: 1);
        using var deep = original.Format is VipsBandFormat.UShort ? part.ToSixteenBit("grey16") : part.Copy();
        return deep.Embed(area.Left, area.Top, new Dimensions(original.Width, original.Height), "black");
    }

    private VipsImage CreateWeightImage(VipsImage original)
    {
        using var colourWeights = VipsImage.FromPixels(weights, area.Size.Width, area.Size.Height, bands: 1);
        if (alphaWeights is null)
        {
            return colourWeights.Copy();
        }

        using var opaqueWeights = VipsImage.FromPixels(alphaWeights, area.Size.Width, area.Size.Height, bands: 1);
        return new VipsOperation("bandjoin").With("in", [.. Enumerable.Repeat(colourWeights, original.ColourBands), opaqueWeights]).ToImage();
    }
}
