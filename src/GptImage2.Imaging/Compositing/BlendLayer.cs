using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Compositing;

/// <summary>What is laid over the original, and how strongly at each pixel. In the original's own depth and colours.</summary>
internal sealed class BlendLayer : IDisposable
{
    private readonly PixelArea _area;
    private readonly VipsImage _colours;
    private readonly byte[] _weights;
    private readonly byte[]? _alphaWeights;

    /// <param name="area">Where it lies in the original.</param>
    /// <param name="colours">Without alpha.</param>
    /// <param name="weights">How much of them each pixel takes.</param>
    /// <param name="opening">How far each pixel becomes opaque; null where alpha stays as it is.</param>
    internal BlendLayer(PixelArea area, VipsImage colours, byte[] weights, byte[]? opening) =>
        (_area, _colours, _weights, _alphaWeights) = (area, colours, weights, opening);

    internal bool RevealsAlpha => _alphaWeights is not null;

    /// <summary>
    /// The original with this over it. All of it is computed at its own place from one reading of the original: inserting a blended part
    /// would read it twice, and libvips closes a stream that one of the two has done with.
    /// </summary>
    internal VipsImage BlendOver(VipsImage original)
    {
        var size = new Dimensions(original.Width, original.Height);
        using var colours = _colours.Embed(_area.Left, _area.Top, size, "black");
        using var above = original.HasAlpha ? WithLayerAlpha(colours, original) : colours.Copy();
        using var small = CreateWeightImage(original);
        using var weights = small.Embed(_area.Left, _area.Top, size, "black");
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
