using GptImage2.Imaging.Regions;

namespace GptImage2.Imaging.Previews;

/// <summary>A region at preview size.</summary>
/// <param name="Size">Of the preview.</param>
/// <param name="Mask">One byte a pixel: 1 where any pixel of the region lies.</param>
/// <param name="Weights">One byte a pixel: how much of the change it takes, on average.</param>
internal sealed record DownscaledRegion(Dimensions Size, byte[] Mask, byte[] Weights)
{
    internal static DownscaledRegion Create(RegionMask region, int feather, Dimensions size)
    {
        var (sums, counts, touched) = (new long[size.PixelCount], new int[size.PixelCount], new byte[size.PixelCount]);
        foreach (var strip in RowBands.Split(region.Bounds))
        {
            var (marks, weights) = (region.GetMask(strip), region.GetFeatherWeights(strip, feather));
            for (var i = 0; i < marks.Length; i++)
            {
                var (x, y) = (strip.Left + (i % strip.Size.Width), strip.Top + (i / strip.Size.Width));
                var at = ((long)y * size.Height / region.ImageSize.Height * size.Width) + ((long)x * size.Width / region.ImageSize.Width);
                sums[at] += weights[i];
                counts[at]++;
                touched[at] |= marks[i];
            }
        }

        return new DownscaledRegion(size, touched, [.. sums.Zip(counts, (sum, count) => (byte)(count == 0 ? 0 : sum / count))]);
    }
}
