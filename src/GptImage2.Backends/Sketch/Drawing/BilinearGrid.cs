namespace GptImage2.Backends.Sketch.Drawing;

/// <summary>Values on a coarse grid, read smoothly at every pixel of what the grid is stretched over.</summary>
internal sealed class BilinearGrid
{
    private readonly float[] _values;
    private readonly float[] _mixed;
    private readonly double _cellHeight;
    private readonly (int Cell, float Beyond)[] _places;

    /// <param name="values">Row by row.</param>
    /// <param name="columns">Cells in a row.</param>
    /// <param name="cellWidth">A cell's width in pixels.</param>
    /// <param name="cellHeight">A cell's height in pixels.</param>
    /// <param name="width">Pixels in a row that is read.</param>
    public BilinearGrid(float[] values, int columns, double cellWidth, double cellHeight, int width)
    {
        (_values, _mixed, _cellHeight) = (values, new float[columns + 1], cellHeight);
        _places = [.. Enumerable.Range(0, width).Select(x => FindCell(x, cellWidth, columns))];
    }

    private int Columns => _mixed.Length - 1;

    /// <summary>Row <paramref name="y"/> of pixels, from the left edge on.</summary>
    public void InterpolateRow(int y, Span<float> row)
    {
        var rows = _values.Length / Columns;
        var (above, down) = FindCell(y, _cellHeight, rows);
        var upper = _values.AsSpan(above * Columns, Columns);
        var lower = _values.AsSpan(Math.Min(above + 1, rows - 1) * Columns, Columns);
        for (var column = 0; column < Columns; column++)
        {
            _mixed[column] = upper[column] + ((lower[column] - upper[column]) * down);
        }

        // One more than there are, so that the last has a neighbour.
        _mixed[^1] = _mixed[^2];
        for (var x = 0; x < row.Length; x++)
        {
            var (cell, beyond) = _places[x];
            row[x] = _mixed[cell] + ((_mixed[cell + 1] - _mixed[cell]) * beyond);
        }
    }

    private static (int Cell, float Beyond) FindCell(int pixel, double cell, int cells)
    {
        var at = Math.Clamp(((pixel + 0.5) / cell) - 0.5, 0, cells - 1);
        return ((int)at, (float)(at - (int)at));
    }
}
