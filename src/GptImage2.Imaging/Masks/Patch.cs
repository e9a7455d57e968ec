using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Masks;

/// <summary>What is laid over the original, and how strongly at each pixel. In the original's own depth and colours.</summary>
internal sealed class Patch : IDisposable
{
    private readonly PixelArea _area;
    private readonly VipsImage _colours;
    private readonly byte[] _weights;
    private readonly byte[]? _opening;

    /// <param name="area">Where it lies in the original.</param>
    /// <param name="colours">Without alpha.</param>
    /// <param name="weights">How much of them each pixel takes.</param>
    /// <param name="opening">How far each pixel becomes opaque; null where alpha stays as it is.</param>
    internal Patch(PixelArea area, VipsImage colours, byte[] weights, byte[]? opening) =>
        (_area, _colours, _weights, _opening) = (area, colours, weights, opening);

    internal bool OpensAlpha => _opening is not null;

    /// <summary>
    /// The original with this over it. All of it is computed at its own place from one reading of the original: inserting a blended part
    /// would read it twice, and libvips closes a stream that one of the two has done with.
    /// </summary>
    internal VipsImage Over(VipsImage original)
    {
        var size = new Dimensions(original.Width, original.Height);
        using var colours = _colours.Embed(_area.Left, _area.Top, size, "black");
        using var above = original.HasAlpha ? WithAlpha(colours, original) : colours.Copy();
        using var small = Weights(original);
        using var weights = small.Embed(_area.Left, _area.Top, size, "black");
        using var blended = weights.Blend(above, original);
        return blended.AsDescribed(original);
    }

    public void Dispose() => _colours.Dispose();

    private VipsImage WithAlpha(VipsImage colours, VipsImage original)
    {
        if (_opening is not null)
        {
            return colours.WithAlpha();
        }

        using var alpha = original.Bands(original.Bands - 1, 1);
        return colours.Join(alpha);
    }

    private VipsImage Weights(VipsImage original)
    {
        using var colours = VipsImage.FromPixels(_weights, _area.Size.Width, _area.Size.Height, bands: 1);
        if (_opening is null)
        {
            return colours.Copy();
        }

        using var alpha = VipsImage.FromPixels(_opening, _area.Size.Width, _area.Size.Height, bands: 1);
        return new VipsOperation("bandjoin").With("in", [.. Enumerable.Repeat(colours, original.Colours), alpha]).Image();
    }
}
