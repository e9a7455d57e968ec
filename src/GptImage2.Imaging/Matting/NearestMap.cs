namespace GptImage2.Imaging.Matting;

/// <summary>
/// For every pixel, the way to the nearest pixel of some kind: passes down and up the picture that hand offsets from neighbour to
/// neighbour. What is further than <see cref="Reach"/> pixels off, across or down, is not found.
/// </summary>
internal sealed class NearestMap
{
    private const int Reach = 126;
    private const sbyte None = sbyte.MinValue;
    private readonly int _width;
    private readonly int _height;
    private readonly sbyte[] _across;
    private readonly sbyte[] _down;

    private NearestMap(int width, int height)
    {
        (_width, _height) = (width, height);
        _across = new sbyte[width * height];
        _down = new sbyte[width * height];
    }

    internal static NearestMap To(PixelKind[] kinds, PixelKind wanted, int width)
    {
        var map = new NearestMap(width, kinds.Length / width);
        for (var i = 0; i < kinds.Length; i++)
        {
            map._across[i] = (kinds[i] & wanted) != 0 ? (sbyte)0 : None;
        }

        map.Spread();
        return map;
    }

    /// <summary>In pixels, squared; more than any real one where there is none.</summary>
    internal int SquaredDistance(int place) =>
        _across[place] == None ? int.MaxValue : (_across[place] * _across[place]) + (_down[place] * _down[place]);

    /// <summary>The place of the nearest one, or -1.</summary>
    internal int Place(int place) => _across[place] == None ? -1 : place + (_down[place] * _width) + _across[place];

    private void Spread()
    {
        for (var y = 0; y < _height; y++)
        {
            Row(y, -1);
        }

        for (var y = _height - 1; y >= 0; y--)
        {
            Row(y, 1);
        }
    }

    /// <summary>Takes from the row before (above on the way down, below on the way up), then along the row in both directions.</summary>
    private void Row(int y, int before)
    {
        var start = y * _width;
        for (var x = 0; x < _width; x++)
        {
            var place = start + x;
            if ((_across[place] | _down[place]) == 0)
            {
                continue;
            }

            if ((uint)(y + before) < (uint)_height)
            {
                Take(place, 0, before);
                TakeAside(place, x - 1, -1, before);
                TakeAside(place, x + 1, 1, before);
            }

            TakeAside(place, x - 1, -1, 0);
        }

        for (var x = _width - 2; x >= 0; x--)
        {
            Take(start + x, 1, 0);
        }
    }

    private void TakeAside(int place, int column, int across, int down)
    {
        if ((uint)column < (uint)_width)
        {
            Take(place, across, down);
        }
    }

    private void Take(int place, int across, int down)
    {
        var other = place + (down * _width) + across;
        if (_across[other] == None)
        {
            return;
        }

        var (x, y) = (_across[other] + across, _down[other] + down);
        if ((x * x) + (y * y) < SquaredDistance(place) && Math.Abs(x) <= Reach && Math.Abs(y) <= Reach)
        {
            (_across[place], _down[place]) = ((sbyte)x, (sbyte)y);
        }
    }
}
