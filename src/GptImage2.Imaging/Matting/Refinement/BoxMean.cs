namespace GptImage2.Imaging.Matting.Refinement;

/// <summary>Means over square windows, clipped at the edges, by running sums: in constant time a pixel whatever the radius.</summary>
internal sealed class BoxMean(int capacity, int maxWidth)
{
    private readonly float[] _rows = new float[capacity];
    private readonly double[] _sums = new double[maxWidth];

    /// <summary>Replaces each value by the mean around it.</summary>
    internal void Apply(Span<float> plane, int width, int height, int radius)
    {
        for (var y = 0; y < height; y++)
        {
            AverageRow(plane.Slice(y * width, width), _rows.AsSpan(y * width, width), radius);
        }

        AverageColumns(plane, width, height, radius);
    }

    private static void AverageRow(ReadOnlySpan<float> row, Span<float> means, int radius)
    {
        var sum = 0.0;
        for (var x = 0; x < Math.Min(radius, row.Length); x++)
        {
            sum += row[x];
        }

        for (var x = 0; x < row.Length; x++)
        {
            sum += x + radius < row.Length ? row[x + radius] : 0;
            sum -= x - radius - 1 >= 0 ? row[x - radius - 1] : 0;
            means[x] = (float)(sum / (Math.Min(x + radius, row.Length - 1) - Math.Max(x - radius, 0) + 1));
        }
    }

    private void AverageColumns(Span<float> plane, int width, int height, int radius)
    {
        var sums = _sums.AsSpan(0, width);
        sums.Clear();
        for (var y = 0; y < Math.Min(radius, height); y++)
        {
            AddRow(y, width, sums, 1);
        }

        for (var y = 0; y < height; y++)
        {
            if (y + radius < height)
            {
                AddRow(y + radius, width, sums, 1);
            }

            if (y - radius - 1 >= 0)
            {
                AddRow(y - radius - 1, width, sums, -1);
            }

            var share = 1.0 / (Math.Min(y + radius, height - 1) - Math.Max(y - radius, 0) + 1);
            for (var x = 0; x < width; x++)
            {
                plane[(y * width) + x] = (float)(sums[x] * share);
            }
        }
    }

    private void AddRow(int y, int width, Span<double> sums, int sign)
    {
        var row = _rows.AsSpan(y * width, width);
        for (var x = 0; x < width; x++)
        {
            sums[x] += sign * row[x];
        }
    }
}
