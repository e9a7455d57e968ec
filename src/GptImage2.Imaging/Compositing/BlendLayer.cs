using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Compositing;

/// <summary>The layer blended over the original, and how strongly at each pixel. In the original's bit depth and colour space.</summary>
internal sealed class BlendLayer : IDisposable
{
    private readonly PixelArea _area;
    private readonly VipsImage _colours;
    private readonly byte[] _weights;
    private readonly byte[]? _alphaWeights;

    /// <param name="area">The rectangle of the original that the layer covers.</param>
    /// <param name="colours">The layer without alpha, of the size of <paramref name="area"/>.</param>
    /// <param name="weights">Blend weights of the colours, one byte a pixel.</param>
    /// <param name="alphaWeights">Weights of opaque alpha, one byte a pixel; null when the original's alpha stays.</param>
    internal BlendLayer(PixelArea area, VipsImage colours, byte[] weights, byte[]? alphaWeights) =>
        (_area, _colours, _weights, _alphaWeights) = (area, colours, weights, alphaWeights);

    internal bool RevealsAlpha => _alphaWeights is not null;

    /// <summary>
    /// The original with this layer blended over it. Every pixel is computed at its own position from a single read of the original: inserting
    /// a blended part would read it twice, and libvips closes a stream as soon as one of two readers is done.
    /// </summary>
    internal VipsImage BlendOver(VipsImage original)
    {
        var size = new Dimensions(original.Width, original.Height);
        using var colours = _colours.Embed(_area.Left, _area.Top, size, "black");
        using var above = original.HasAlpha ? WithLayerAlpha(colours, original) : colours.Copy();
        using var layerWeights = CreateWeightImage(original);
        using var weights = layerWeights.Embed(_area.Left, _area.Top, size, "black");
        using var blended = weights.Blend(above, original);
        return blended.WithInterpretationAndProfileOf(original);
    }

    public void Dispose() => _colours.Dispose();

    private VipsImage WithLayerAlpha(VipsImage colours, VipsImage original)
    {
        if (_alphaWeights is not null)
        {
            return colours.EnsureAlpha();
        }

        using var alpha = original.ExtractBands(original.Bands - 1, 1);
        return colours.JoinBands(alpha);
    }

    private VipsImage CreateWeightImage(VipsImage original)
    {
        using var colours = VipsImage.FromPixels(_weights, _area.Size.Width, _area.Size.Height, bands: 1);
        if (_alphaWeights is null)
        {
            return colours.Copy();
        }

        using var alpha = VipsImage.FromPixels(_alphaWeights, _area.Size.Width, _area.Size.Height, bands: 1);
        return new VipsOperation("bandjoin").With("in", [.. Enumerable.Repeat(colours, original.ColourBands), alpha]).ToImage();
    }
}
