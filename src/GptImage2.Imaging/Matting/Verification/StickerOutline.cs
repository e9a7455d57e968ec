using System.Numerics;
using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Verification;

/// <summary>The outermost solid pixels of a cut-out: whether they have one colour all around, and another than the rest.</summary>
internal sealed class StickerOutline
{
    /// <summary>A thinner outline is a line, in pixels.</summary>
    private const int MinWidth = 4;

    /// <summary>Levels within which two colours are one, and from which on they are two.</summary>
    private const float OneColour = 30;
    private const float OtherColour = 60;

    /// <summary>Of the outline in its colour, from where on it is one.</summary>
    private const double MinShare = 0.93;

    /// <summary>Of the inside that has another colour.</summary>
    private const double MinInside = 0.3;

    /// <summary>Pixels of a gap, of those of the outline, at least.</summary>
    private const double MinGap = 0.01;

    private readonly RgbaBuffer _pixels;
    private readonly List<int> _outline = [];
    private readonly Vector3 _colour;

    internal StickerOutline(RgbaBuffer pixels, byte solid)
    {
        _pixels = pixels;
        var width = Math.Max(MinWidth, pixels.ShorterEdge / 150);
        var inside = FindOutline(solid, width);
        if (_outline.Count == 0 || inside.Count == 0)
        {
            return;
        }

        _colour = Median();
        IsOne = _outline.Count(index => DifferenceAt(index) <= OneColour) >= MinShare * _outline.Count
            && inside.Count(index => DifferenceAt(index) >= OtherColour) >= MinInside * inside.Count;
    }

    internal bool IsOne { get; }

    /// <summary>Where the inside comes through to the edge.</summary>
    internal PixelArea? FindGap()
    {
        var labels = new TrimapLabel[_pixels.PixelCount];
        foreach (var index in _outline.Where(index => DifferenceAt(index) >= OtherColour))
        {
            labels[index] = TrimapLabel.Unknown;
        }

        var gap = new ConnectedComponents(labels, _pixels.Width).Find(TrimapLabel.Unknown, enclosed: false).DefaultIfEmpty([]).MaxBy(component => component.Count);
        return gap.Count < Math.Max(12, MinGap * _outline.Count) ? null : PixelArea.FromEdges(
            gap.Min(index => index % _pixels.Width), gap.Min(index => index / _pixels.Width), gap.Max(index => index % _pixels.Width) + 1, gap.Max(index => index / _pixels.Width) + 1);
    }

    /// <returns>A part of the pixels inside.</returns>
    private List<int> FindOutline(byte solid, int width)
    {
        byte[] mask = [.. Enumerable.Range(0, _pixels.PixelCount).Select(index => (byte)(_pixels.Rgba[(index * 4) + 3] >= solid ? 1 : 0))];
        var distances = new DistanceTransform(_pixels.Width, mask, (4 * width) + 1);
        var inside = new List<int>();
        for (var y = 0; y < _pixels.Height; y++)
        {
            var row = distances.GetRow(y);
            for (var x = 0; x < row.Length; x++)
            {
                var distance = (double)row[x] / distances.UnitsPerPixel;
                if (distance is > 1.5 && distance < width)
                {
                    _outline.Add((y * _pixels.Width) + x);
                }
                else if (distance >= 4 * width && (x + y) % 4 == 0)
                {
                    inside.Add((y * _pixels.Width) + x);
                }
            }
        }

        return inside;
    }

    private float DifferenceAt(int index) => _pixels.ColourAt(index).MaxDifference(_colour);

    private Vector3 Median()
    {
        return new Vector3(Of(colour => colour.X), Of(colour => colour.Y), Of(colour => colour.Z));

        float Of(Func<Vector3, float> channel) => _outline.Select(index => channel(_pixels.ColourAt(index))).Order().ElementAt(_outline.Count / 2);
    }
}
