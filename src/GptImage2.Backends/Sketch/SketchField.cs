namespace GptImage2.Backends.Sketch;

/// <summary>Values on a coarse grid, read smoothly at every pixel of what the grid is stretched over.</summary>
/// <param name="columns">Cells in a row of <paramref name="values"/>.</param>
/// <param name="cellWidth">A cell's width in pixels.</param>
/// <param name="cellHeight">A cell's height in pixels.</param>
internal sealed class SketchField(float[] values, int columns, double cellWidth, double cellHeight)
{
    private readonly float[] _mixed = new float[columns];

    private int Rows => values.Length / columns;

    /// <summary>Row <paramref name="y"/>, from the left edge on, as long as <paramref name="row"/>.</summary>
    public void Row(int y, Span<float> row)
    {
        var (above, down) = Place(y, cellHeight, Rows);
        var upper = values.AsSpan(above * columns, columns);
        var lower = values.AsSpan(Math.Min(above + 1, Rows - 1) * columns, columns);
        for (var column = 0; column < columns; column++)
        {
            _mixed[column] = upper[column] + ((lower[column] - upper[column]) * down);
        }

        for (var x = 0; x < row.Length; x++)
        {
            var (left, along) = Place(x, cellWidth, columns);
            var next = Math.Min(left + 1, columns - 1);
            row[x] = _mixed[left] + ((_mixed[next] - _mixed[left]) * along);
        }
    }

    private static (int Cell, float Beyond) Place(int pixel, double cell, int cells)
    {
        var at = Math.Clamp(((pixel + 0.5) / cell) - 0.5, 0, cells - 1);
        return ((int)at, (float)(at - (int)at));
    }
}
