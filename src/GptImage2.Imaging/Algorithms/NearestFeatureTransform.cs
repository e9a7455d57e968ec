namespace GptImage2.Imaging.Algorithms;

/// <summary>
/// For every pixel, the way to the nearest pixel of some kind: passes down and up the picture that hand offsets from neighbour to
/// neighbour. What is further than <see cref="MaxOffset"/> pixels off, across or down, is not found.
/// </summary>
internal sealed class NearestFeatureTransform
{
    private const int MaxOffset = 126;
    private const sbyte Unset = sbyte.MinValue;
    private readonly int _width;
    private readonly int _height;
    private readonly sbyte[] _offsetX;
    private readonly sbyte[] _offsetY;

    private NearestFeatureTransform(int width, int height)
    {
        (_width, _height) = (width, height);
        _offsetX = new sbyte[width * height];
        _offsetY = new sbyte[width * height];
    }

    internal static NearestFeatureTransform Compute(TrimapLabel[] kinds, TrimapLabel wanted, int width)
    {
        var map = new NearestFeatureTransform(width, kinds.Length / width);
        for (var i = 0; i < kinds.Length; i++)
        {
            map._offsetX[i] = (kinds[i] & wanted) != 0 ? (sbyte)0 : Unset;
        }

        map.Propagate();
        return map;
    }

    /// <summary>In pixels, squared; more than any real one where there is none.</summary>
    internal int SquaredDistance(int place) =>
        _offsetX[place] == Unset ? int.MaxValue : (_offsetX[place] * _offsetX[place]) + (_offsetY[place] * _offsetY[place]);

    /// <summary>The place of the nearest one, or -1.</summary>
    internal int NearestIndex(int place) => _offsetX[place] == Unset ? -1 : place + (_offsetY[place] * _width) + _offsetX[place];

    private void Propagate()
    {
        for (var y = 0; y < _height; y++)
        {
            PropagateRow(y, -1);
        }

        for (var y = _height - 1; y >= 0; y--)
        {
            PropagateRow(y, 1);
        }
    }

    /// <summary>Takes from the row before (above on the way down, below on the way up), then along the row in both directions.</summary>
    private void PropagateRow(int y, int before)
    {
        var start = y * _width;
        for (var x = 0; x < _width; x++)
        {
            var place = start + x;
            if ((_offsetX[place] | _offsetY[place]) == 0)
            {
                continue;
            }

            if ((uint)(y + before) < (uint)_height)
            {
                Relax(place, 0, before);
                RelaxInRow(place, x - 1, -1, before);
                RelaxInRow(place, x + 1, 1, before);
            }

            RelaxInRow(place, x - 1, -1, 0);
        }

        for (var x = _width - 2; x >= 0; x--)
        {
            Relax(start + x, 1, 0);
        }
    }

    private void RelaxInRow(int place, int column, int across, int down)
    {
        if ((uint)column < (uint)_width)
        {
            Relax(place, across, down);
        }
    }

    private void Relax(int place, int across, int down)
    {
        var other = place + (down * _width) + across;
        if (_offsetX[other] == Unset)
        {
            return;
        }

        var (x, y) = (_offsetX[other] + across, _offsetY[other] + down);
        if ((x * x) + (y * y) < SquaredDistance(place) && Math.Abs(x) <= MaxOffset && Math.Abs(y) <= MaxOffset)
        {
            (_offsetX[place], _offsetY[place]) = ((sbyte)x, (sbyte)y);
        }
    }
}
