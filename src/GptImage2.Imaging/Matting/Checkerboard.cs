namespace GptImage2.Imaging.Matting;

/// <summary>
/// Recognises the grey and white squares that image models paint where they were asked for transparency: two greys along the border
/// that swap one square further across and down, and come back diagonally. Compares neighbours only, so uneven squares do not matter.
/// </summary>
internal sealed class Checkerboard
{
    private const int LeastStep = 8;
    private const int MostStep = 140;
    private const int MostChroma = 20;
    private const double LeastGrey = 0.6;
    private const double LeastAgreement = 0.8;
    private readonly PixelGrid _pixels;
    private readonly int[] _places;
    private readonly int _light;
    private readonly int _dark;

    private Checkerboard(PixelGrid pixels)
    {
        _pixels = pixels;
        _places = Places(pixels);
        (_dark, _light) = TwoGreys();
    }

    internal static bool IsIn(PixelGrid pixels)
    {
        var board = new Checkerboard(pixels);
        return board.HasTwoGreys() && board.Squares().Any(board.Alternates);
    }

    private bool HasTwoGreys()
    {
        var light = _places.Count(place => Tone(place) > 0);
        var dark = _places.Count(place => Tone(place) < 0);
        return _light - _dark is >= LeastStep and <= MostStep
            && light + dark >= LeastGrey * _places.Length
            && Math.Min(light, dark) >= 0.2 * _places.Length;
    }

    private IEnumerable<int> Squares()
    {
        for (var size = 2; size <= _pixels.ShortEdge / 4; size += Math.Max(1, size / 24))
        {
            yield return size;
        }
    }

    private bool Alternates(int size) =>
        Agreement(size, 0, -1) >= LeastAgreement && Agreement(0, size, -1) >= LeastAgreement && Agreement(size, size, 1) >= LeastAgreement;

    /// <summary>Share of places whose counterpart has the tone it should have; both must have one.</summary>
    private double Agreement(int across, int down, int sign)
    {
        var (compared, agreeing) = (0, 0);
        foreach (var place in _places)
        {
            // Towards the middle, so that the counterpart always exists.
            var x = place % _pixels.Width;
            var y = place / _pixels.Width;
            var further = ((y + (y * 2 < _pixels.Height ? down : -down)) * _pixels.Width) + x + (x * 2 < _pixels.Width ? across : -across);
            var product = Tone(place) * Tone(further);
            compared += product == 0 ? 0 : 1;
            agreeing += product == sign ? 1 : 0;
        }

        return compared < _places.Length / 3 ? 0 : (double)agreeing / compared;
    }

    /// <summary>1 for the light grey, -1 for the dark one, 0 for everything else.</summary>
    private int Tone(int place)
    {
        var pixel = _pixels.Rgba.AsSpan(place * 4, 3);
        var reach = Math.Max(6, (_light - _dark) / 2);
        return IsGrey(pixel) && Math.Abs(Grey(pixel) - _light) <= reach && Grey(pixel) * 2 > _light + _dark ? 1
            : IsGrey(pixel) && Math.Abs(Grey(pixel) - _dark) <= reach ? -1
            : 0;
    }

    private (int Dark, int Light) TwoGreys()
    {
        int[] greys = [.. _places.Select(place => _pixels.Rgba.AsSpan(place * 4, 3)
            is var pixel && IsGrey(pixel) ? Grey(pixel) : -1).Where(grey => grey >= 0).Order()];
        if (greys.Length < 16)
        {
            return (0, 0);
        }

        double dark = greys[greys.Length / 8];
        double light = greys[^(greys.Length / 8)];
        for (var round = 0; round < 8; round++)
        {
            var middle = (dark + light) / 2;
            dark = greys.Where(grey => grey <= middle).DefaultIfEmpty((int)dark).Average();
            light = greys.Where(grey => grey > middle).DefaultIfEmpty((int)light).Average();
        }

        return ((int)Math.Round(dark), (int)Math.Round(light));
    }

    private static bool IsGrey(ReadOnlySpan<byte> pixel) =>
        Math.Max(pixel[0], Math.Max(pixel[1], pixel[2])) - Math.Min(pixel[0], Math.Min(pixel[1], pixel[2])) <= MostChroma;

    private static int Grey(ReadOnlySpan<byte> pixel) => (pixel[0] + pixel[1] + pixel[2]) / 3;

    /// <summary>Evenly spread over a frame of a fifth of the picture; the odd step keeps off the squares' own rhythm.</summary>
    private static int[] Places(PixelGrid pixels)
    {
        var frame = Math.Max(1, pixels.ShortEdge / 5);
        var step = Math.Max(1, (int)Math.Sqrt(pixels.Count / 9000.0)) | 1;
        return
        [
            .. from y in Steps(pixels.Height, step)
               from x in Steps(pixels.Width, step)
               where Math.Min(Math.Min(x, pixels.Width - 1 - x), Math.Min(y, pixels.Height - 1 - y)) < frame
               select (y * pixels.Width) + x,
        ];
    }

    private static IEnumerable<int> Steps(int length, int step) => Enumerable.Range(0, ((length - 1) / step) + 1).Select(i => i * step);
}
