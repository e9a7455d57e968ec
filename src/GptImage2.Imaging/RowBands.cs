namespace GptImage2.Imaging;

/// <summary>Walks areas in strips of full width, so that little of a picture is held at a time.</summary>
internal static class RowBands
{
    /// <summary>Fewer than what libvips remembers of a stream, so that two readers may share one.</summary>
    private const int BandHeight = 64;

    internal static IEnumerable<PixelArea> Split(PixelArea area)
    {
        for (var top = area.Top; top < area.Bottom; top += BandHeight)
        {
            yield return area with { Top = top, Size = new Dimensions(area.Size.Width, Math.Min(BandHeight, area.Bottom - top)) };
        }
    }
}
