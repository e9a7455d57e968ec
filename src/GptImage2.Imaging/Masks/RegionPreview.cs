namespace GptImage2.Imaging.Masks;

/// <summary>A region at preview size.</summary>
/// <param name="Size">Of the preview.</param>
/// <param name="Touched">One byte a pixel: 1 where any pixel of the region lies.</param>
/// <param name="Weights">One byte a pixel: how much of the change it takes, on average.</param>
internal sealed record RegionPreview(Dimensions Size, byte[] Touched, byte[] Weights)
{
    internal static RegionPreview Of(RegionMask region, int feather, Dimensions size)
    {
        var bounds = region.Bounds;
        var weights = region.Feathered(bounds, feather);
        var (sums, counts, touched) = (new long[size.Pixels], new int[size.Pixels], new byte[size.Pixels]);
        var marks = new byte[bounds.Size.Width];
        for (var y = 0; y < bounds.Size.Height; y++)
        {
            region.CopyRow(bounds.Top + y, bounds.Left, marks);
            var row = (long)(bounds.Top + y) * size.Height / region.Image.Height * size.Width;
            for (var x = 0; x < marks.Length; x++)
            {
                var at = row + ((long)(bounds.Left + x) * size.Width / region.Image.Width);
                sums[at] += weights[(y * marks.Length) + x];
                counts[at]++;
                touched[at] |= marks[x];
            }
        }

        return new RegionPreview(size, touched, [.. sums.Zip(counts, (sum, count) => (byte)(count == 0 ? 0 : sum / count))]);
    }
}
