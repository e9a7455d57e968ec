namespace GptImage2.Imaging.Matting;

/// <summary>For every pixel, the way to the nearest pixel of some kind: two passes that hand offsets from neighbour to neighbour.</summary>
internal sealed class NearestMap
{
    private const short None = 16_000;
    private readonly int _width;
    private readonly int _height;
    private readonly short[] _across;
    private readonly short[] _down;

    private NearestMap(int width, int height)
    {
        (_width, _height) = (width, height);
        _across = new short[width * height];
        _down = new short[width * height];
    }

    internal static NearestMap To(PixelKind[] kinds, PixelKind wanted, int width)
    {
        var map = new NearestMap(width, kinds.Length / width);
        for (var i = 0; i < kinds.Length; i++)
        {
            map._across[i] = map._down[i] = (kinds[i] & wanted) != 0 ? (short)0 : None;
        }

        map.Spread();
        return map;
    }

    /// <summary>In pixels, squared; very large where there is none.</summary>
    internal int SquaredDistance(int place) => (_across[place] * _across[place]) + (_down[place] * _down[place]);

    /// <summary>The place of the nearest one, or -1.</summary>
    internal int Place(int place) => _across[place] == None ? -1 : place + (_down[place] * _width) + _across[place];

    private void Spread()
    {
        for (var y = 0; y < _height; y++)
        {
            for (var x = 0; x < _width; x++)
            {
                Take(x, y, -1, 0);
                Take(x, y, 0, -1);
                Take(x, y, -1, -1);
                Take(x, y, 1, -1);
            }

            for (var x = _width - 2; x >= 0; x--)
            {
                Take(x, y, 1, 0);
            }
        }

        for (var y = _height - 1; y >= 0; y--)
        {
            for (var x = _width - 1; x >= 0; x--)
            {
                Take(x, y, 1, 0);
                Take(x, y, 0, 1);
                Take(x, y, -1, 1);
                Take(x, y, 1, 1);
            }

            for (var x = 1; x < _width; x++)
            {
                Take(x, y, -1, 0);
            }
        }
    }

    private void Take(int x, int y, int dx, int dy)
    {
        var place = (y * _width) + x;
        if ((uint)(x + dx) >= (uint)_width || (uint)(y + dy) >= (uint)_height || (_across[place] | _down[place]) == 0)
        {
            return;
        }

        var other = place + (dy * _width) + dx;
        if (_across[other] == None)
        {
            return;
        }

        var across = _across[other] + dx;
        var down = _down[other] + dy;
        if ((across * across) + (down * down) < SquaredDistance(place))
        {
            (_across[place], _down[place]) = ((short)across, (short)down);
        }
    }
}
