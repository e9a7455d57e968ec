namespace GptImage2.Imaging.Masks;

/// <summary>Which pixels of a picture may change: one decision a pixel.</summary>
public sealed class RegionMask
{
    /// <summary>The union of the shapes, or everything but it. A pixel belongs to a shape when its centre does.</summary>
    /// <param name="image">Size of the upright picture.</param>
    /// <param name="shapes">May overlap. One that lies in the picture, however thin, covers at least the pixels it falls in.</param>
    /// <param name="invert">Whether the shapes are what stays.</param>
    /// <exception cref="ArgumentOutOfRangeException">A coordinate is no number, or a width or height is negative.</exception>
    public static RegionMask FromShapes(Dimensions image, IReadOnlyList<RegionShape> shapes, bool invert = false) =>
        throw new NotImplementedException();

    /// <summary>Size of the upright picture.</summary>
    public Dimensions Image => throw new NotImplementedException();

    /// <summary>The smallest rectangle around every pixel that changes.</summary>
    /// <exception cref="InvalidOperationException">Nothing changes.</exception>
    public PixelArea Bounds => throw new NotImplementedException();

    /// <summary>Share of the picture's pixels that change, 0 to 1.</summary>
    public double Coverage => throw new NotImplementedException();

    /// <summary>Nothing changes.</summary>
    public bool IsEmpty => throw new NotImplementedException();

    /// <summary>Everything changes.</summary>
    public bool IsFull => throw new NotImplementedException();

    /// <summary>Of <see cref="Bounds"/>, in pixels; 0 when nothing changes.</summary>
    public int ShorterSide => throw new NotImplementedException();

    /// <summary>The widest feather that leaves a core: a quarter of the shorter side, in pixels.</summary>
    public int MaxFeather => ShorterSide / 4;

    /// <summary>1 % of the picture's shorter edge, 4 to 32 pixels, and at most a quarter of the region's shorter side: 0 for a tiny region.</summary>
    public static int DefaultFeather(Dimensions image, int shorterSideOfRegion) =>
        Math.Min(Math.Clamp(Math.Min(image.Width, image.Height) / 100, 4, 32), shorterSideOfRegion / 4);

    /// <summary>Whether a pixel changes; none outside the picture does.</summary>
    public bool Contains(int x, int y) => throw new NotImplementedException();

    /// <summary>
    /// How much of a change each pixel takes: one byte a pixel, row by row. 0 outside the region always; inside it rises smoothly to 255 over
    /// <paramref name="feather"/> pixels, counted from the nearest pixel that stays. The picture's own edges are no edges of the region.
    /// An island of the region too thin for the feather takes half its own depth, so that each has a core that changes wholly.
    /// </summary>
    /// <param name="area">Which part of the picture is wanted.</param>
    /// <param name="feather">In pixels; 0 for a hard edge.</param>
    public byte[] Feathered(PixelArea area, int feather) => throw new NotImplementedException();
}
