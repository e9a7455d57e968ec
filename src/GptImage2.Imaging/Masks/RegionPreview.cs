namespace GptImage2.Imaging.Masks;

/// <summary>A region at preview size.</summary>
/// <param name="Size">Of the preview.</param>
/// <param name="Touched">One byte a pixel: 1 where any pixel of the region lies.</param>
/// <param name="Weights">One byte a pixel: how much of the change it takes, on average.</param>
internal sealed record RegionPreview(Dimensions Size, byte[] Touched, byte[] Weights)
{
    internal static RegionPreview Of(RegionMask region, int feather, Dimensions size)
    {
        var (sums, counts, touched) = (new long[size.Pixels], new int[size.Pixels], new byte[size.Pixels]);
        foreach (var strip in Strips.Of(region.Bounds))
        {
            var (marks, weights) = (region.Marks(strip), region.Feathered(strip, feather));
            for (var i = 0; i < marks.Length; i++)
            {
                var (x, y) = (strip.Left + (i % strip.Size.Width), strip.Top + (i / strip.Size.Width));
                var at = ((long)y * size.Height / region.Image.Height * size.Width) + ((long)x * size.Width / region.Image.Width);
                sums[at] += weights[i];
                counts[at]++;
                touched[at] |= marks[i];
            }
        }

        return new RegionPreview(size, touched, [.. sums.Zip(counts, (sum, count) => (byte)(count == 0 ? 0 : sum / count))]);
    }
}
