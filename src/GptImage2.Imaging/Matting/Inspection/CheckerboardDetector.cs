using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Inspection;

/// <summary>
/// Detects the grey and white squares that image models paint when asked for transparency: two greys along the border that alternate one
/// square further horizontally and vertically, and agree diagonally. Only neighbouring squares are compared, so uneven squares do not matter.
/// </summary>
internal sealed class CheckerboardDetector
{
    private const int MinStep = 8;
    private const int MaxStep = 140;
    private const int MaxChroma = 20;
    private const double MinGreyShare = 0.6;
    private const double MinAgreement = 0.8;
    private readonly RgbaBuffer _pixels;
    private readonly int[] _samples;
    private readonly int _light;
    private readonly int _dark;

    private CheckerboardDetector(RgbaBuffer pixels)
    {
        _pixels = pixels;
        _samples = SampleFrame(pixels);
        (_dark, _light) = FindTwoGreys();
    }

    internal static bool IsPresentIn(RgbaBuffer pixels)
    {
        var detector = new CheckerboardDetector(pixels);
        return detector.HasTwoGreys() && detector.CandidateSquareSizes().Any(detector.HasAlternatingSquares);
    }

    private bool HasTwoGreys()
    {
        var light = _samples.Count(index => ClassifyTone(index) > 0);
        var dark = _samples.Count(index => ClassifyTone(index) < 0);
        return _light - _dark is >= MinStep and <= MaxStep
            && light + dark >= MinGreyShare * _samples.Length
            && Math.Min(light, dark) >= 0.2 * _samples.Length;
    }

    private IEnumerable<int> CandidateSquareSizes()
    {
        for (var size = 2; size <= _pixels.ShorterEdge / 4; size += Math.Max(1, size / 24))
        {
            yield return size;
        }
    }

    private bool HasAlternatingSquares(int size) =>
        Agreement(size, 0, -1) >= MinAgreement && Agreement(0, size, -1) >= MinAgreement && Agreement(size, size, 1) >= MinAgreement;

    /// <summary>Share of samples whose counterpart has the expected tone, of those in which both have one.</summary>
    private double Agreement(int dx, int dy, int sign)
    {
        var (compared, agreeing) = (0, 0);
        foreach (var index in _samples)
        {
            // Towards the middle, so that the counterpart always exists.
            var x = index % _pixels.Width;
            var y = index / _pixels.Width;
            var counterpart = ((y + (y * 2 < _pixels.Height ? dy : -dy)) * _pixels.Width) + x + (x * 2 < _pixels.Width ? dx : -dx);
            var product = ClassifyTone(index) * ClassifyTone(counterpart);
            compared += product == 0 ? 0 : 1;
            agreeing += product == sign ? 1 : 0;
        }

        return compared < _samples.Length / 3 ? 0 : (double)agreeing / compared;
    }

    /// <summary>1 for the light grey, -1 for the dark one, 0 for anything else.</summary>
    private int ClassifyTone(int index)
    {
        var tolerance = Math.Max(6, (_light - _dark) / 2);
        return GreyLevelAt(index) is not { } grey ? 0
            : Math.Abs(grey - _light) <= tolerance && grey * 2 > _light + _dark ? 1
            : Math.Abs(grey - _dark) <= tolerance ? -1
            : 0;
    }

    /// <summary>Two clusters of the grey levels, by k-means from the outer octiles.</summary>
    private (int Dark, int Light) FindTwoGreys()
    {
        int[] greys = [.. _samples.Select(GreyLevelAt).OfType<int>().Order()];
        if (greys.Length < 16)
        {
            return (0, 0);
        }

        double dark = greys[greys.Length / 8];
        double light = greys[^(greys.Length / 8)];
        for (var round = 0; round < 8; round++)
        {
            var threshold = (dark + light) / 2;
            dark = greys.Where(grey => grey <= threshold).DefaultIfEmpty((int)dark).Average();
            light = greys.Where(grey => grey > threshold).DefaultIfEmpty((int)light).Average();
        }

        return ((int)Math.Round(dark), (int)Math.Round(light));
    }

    /// <summary>Null where there is colour.</summary>
    private int? GreyLevelAt(int index)
    {
        var colour = new Colour(_pixels.Rgba[index * 4], _pixels.Rgba[(index * 4) + 1], _pixels.Rgba[(index * 4) + 2]);
        return colour.Chroma <= MaxChroma ? (colour.Red + colour.Green + colour.Blue) / 3 : null;
    }

    /// <summary>A regular grid over a frame of a fifth of the image; the odd step avoids aliasing with the squares.</summary>
    private static int[] SampleFrame(RgbaBuffer pixels)
    {
        var frame = Math.Max(1, pixels.ShorterEdge / 5);
        var step = Math.Max(1, (int)Math.Sqrt(pixels.PixelCount / 9000.0)) | 1;
        return
        [
            .. from y in EveryNth(pixels.Height, step)
               from x in EveryNth(pixels.Width, step)
               where Math.Min(Math.Min(x, pixels.Width - 1 - x), Math.Min(y, pixels.Height - 1 - y)) < frame
               select (y * pixels.Width) + x,
        ];
    }

    private static IEnumerable<int> EveryNth(int length, int step) => Enumerable.Range(0, ((length - 1) / step) + 1).Select(i => i * step);
}
