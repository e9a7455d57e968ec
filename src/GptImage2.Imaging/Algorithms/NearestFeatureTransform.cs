namespace GptImage2.Imaging.Algorithms;

/// <summary>
/// Nearest-feature transform: for every pixel the offset to the nearest pixel with one of some labels. Vector propagation in two passes over
/// the 8-neighbourhood (8SSED: Danielsson 1980; Leymarie and Levine 1992), exact but for rare errors below a pixel. A feature more than
/// <see cref="MaxOffset"/> pixels away in x or y is not found.
/// </summary>
internal sealed class NearestFeatureTransform
{
    private const int MaxOffset = 126;
    private const sbyte Unset = sbyte.MinValue;
    private readonly int _width;
    private readonly int _height;
    private readonly sbyte[] _offsetX;
    private readonly sbyte[] _offsetY;

    internal NearestFeatureTransform(TrimapLabel[] labels, TrimapLabel features, int width)
    {
        (_width, _height) = (width, labels.Length / width);
        _offsetX = Array.ConvertAll(labels, label => (label & features) != 0 ? (sbyte)0 : Unset);
        _offsetY = new sbyte[labels.Length];
        for (var y = 0; y < _height; y++)
        {
            PropagateRow(y, -1);
        }

        for (var y = _height - 1; y >= 0; y--)
        {
            PropagateRow(y, 1);
        }
    }

    /// <summary>In pixels, squared; <see cref="int.MaxValue"/> when there is none in reach.</summary>
    internal int SquaredDistance(int index) =>
        _offsetX[index] == Unset ? int.MaxValue : (_offsetX[index] * _offsetX[index]) + (_offsetY[index] * _offsetY[index]);

    /// <summary>The pixel index of the nearest feature, or -1.</summary>
    internal int NearestIndex(int index) => _offsetX[index] == Unset ? -1 : index + (_offsetY[index] * _width) + _offsetX[index];

    /// <summary>Propagates from the previous row of the pass (above or below), then along the row in both directions.</summary>
    private void PropagateRow(int y, int previous)
    {
        var start = y * _width;
        for (var x = 0; x < _width; x++)
        {
            var index = start + x;
            if ((_offsetX[index] | _offsetY[index]) == 0)
            {
                continue;
            }

            if ((uint)(y + previous) < (uint)_height)
            {
                Relax(index, 0, previous);
                RelaxInRow(index, x - 1, -1, previous);
                RelaxInRow(index, x + 1, 1, previous);
            }

            RelaxInRow(index, x - 1, -1, 0);
        }

        for (var x = _width - 2; x >= 0; x--)
        {
            Relax(start + x, 1, 0);
        }
    }

    private void RelaxInRow(int index, int column, int dx, int dy)
    {
        if ((uint)column < (uint)_width)
        {
            Relax(index, dx, dy);
        }
    }

    private void Relax(int index, int dx, int dy)
    {
        var neighbour = index + (dy * _width) + dx;
        if (_offsetX[neighbour] == Unset)
        {
            return;
        }

        var (x, y) = (_offsetX[neighbour] + dx, _offsetY[neighbour] + dy);
        if ((x * x) + (y * y) < SquaredDistance(index) && Math.Abs(x) <= MaxOffset && Math.Abs(y) <= MaxOffset)
        {
            (_offsetX[index], _offsetY[index]) = ((sbyte)x, (sbyte)y);
        }
    }
}
