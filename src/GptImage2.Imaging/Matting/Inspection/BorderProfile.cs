using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Matting.Background;

namespace GptImage2.Imaging.Matting.Inspection;

/// <summary>The outermost pixels, once around: where they show the background, and how often that changes.</summary>
internal sealed class BorderProfile
{
    private readonly List<bool> _isBackground = [];
    private readonly int[] _backgroundCounts = new int[4];
    private readonly int[] _lengths;

    internal BorderProfile(RgbaBuffer pixels, BackgroundModel background)
    {
        var (right, bottom) = (pixels.Width - 1, pixels.Height - 1);
        _lengths = [pixels.Width, pixels.Height, pixels.Width, pixels.Height];
        var tolerance = (float)Math.Max(8, 4.5 * background.Noise);
        for (var edge = 0; edge < 4; edge++)
        {
            for (var i = 0; i < _lengths[edge]; i++)
            {
                var (x, y) = edge switch { 0 => (i, 0), 1 => (right, i), 2 => (right - i, bottom), _ => (0, bottom - i) };
                AddPixel(pixels, background, x, y, edge, tolerance);
            }
        }
    }

    /// <summary>Transitions between background and anything else, isolated pixels ignored.</summary>
    internal int TransitionCount
    {
        get
        {
            var transitions = 0;
            for (var i = 3; i < _isBackground.Count; i++)
            {
                transitions += _isBackground[i] == _isBackground[i - 1] && _isBackground[i - 2] == _isBackground[i - 3] && _isBackground[i - 1] != _isBackground[i - 2] ? 1 : 0;
            }

            return transitions;
        }
    }

    /// <summary>Edges that show the background along at least half of their length.</summary>
    internal int BackgroundEdgeCount => Enumerable.Range(0, 4).Count(edge => _backgroundCounts[edge] * 2 >= _lengths[edge]);

    private void AddPixel(RgbaBuffer pixels, BackgroundModel background, int x, int y, int edge, float tolerance)
    {
        var index = (y * pixels.Width) + x;
        var isBackground = pixels.ColourAt(index).MaxDifference(background.ColourField.EvaluateAt(index)) <= tolerance;
        _isBackground.Add(isBackground);
        _backgroundCounts[edge] += isBackground ? 1 : 0;
    }
}
