using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Matting.Background;

namespace GptImage2.Imaging.Matting.Inspection;

/// <summary>Once around a picture's outermost pixels: where they show the backdrop and how often that changes.</summary>
internal sealed class BorderProfile
{
    private readonly List<bool> _isBackground = [];
    private readonly int[] _backgroundCounts = new int[4];
    private readonly int[] _lengths;

    internal BorderProfile(RgbaBuffer pixels, BackgroundModel backdrop)
    {
        var (right, bottom) = (pixels.Width - 1, pixels.Height - 1);
        _lengths = [pixels.Width, pixels.Height, pixels.Width, pixels.Height];
        var tolerance = (float)Math.Max(8, 4.5 * backdrop.Noise);
        for (var edge = 0; edge < 4; edge++)
        {
            for (var i = 0; i < _lengths[edge]; i++)
            {
                var (x, y) = edge switch { 0 => (i, 0), 1 => (right, i), 2 => (right - i, bottom), _ => (0, bottom - i) };
                AddPixel(pixels, backdrop, x, y, edge, tolerance);
            }
        }
    }

    /// <summary>Changes between backdrop and something else, single pixels left out.</summary>
    internal int TransitionCount
    {
        get
        {
            var crossings = 0;
            for (var i = 3; i < _isBackground.Count; i++)
            {
                crossings += _isBackground[i] == _isBackground[i - 1] && _isBackground[i - 2] == _isBackground[i - 3] && _isBackground[i - 1] != _isBackground[i - 2] ? 1 : 0;
            }

            return crossings;
        }
    }

    /// <summary>Edges that show the backdrop along at least half of their length.</summary>
    internal int BackgroundEdgeCount => Enumerable.Range(0, 4).Count(edge => _backgroundCounts[edge] * 2 >= _lengths[edge]);

    private void AddPixel(RgbaBuffer pixels, BackgroundModel backdrop, int x, int y, int edge, float tolerance)
    {
        Span<float> colour = stackalloc float[3];
        backdrop.ColourField.EvaluateAt(x, y, colour);
        var pixel = pixels.Rgba.AsSpan(((y * pixels.Width) + x) * 4, 3);
        var shows = Math.Abs(pixel[0] - colour[0]) <= tolerance && Math.Abs(pixel[1] - colour[1]) <= tolerance && Math.Abs(pixel[2] - colour[2]) <= tolerance;
        _isBackground.Add(shows);
        _backgroundCounts[edge] += shows ? 1 : 0;
    }
}
