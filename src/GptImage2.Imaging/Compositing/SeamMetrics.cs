using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Regions;

namespace GptImage2.Imaging.Compositing;

/// <summary>
/// How far two pictures' colours are apart along the line where one is pasted into the other. Squares are averaged before they count:
/// a texture drawn anew does not show, a shade that changes does.
/// </summary>
internal sealed class SeamMetrics(RegionMask pasted, PixelArea area, bool inside)
{
    /// <summary>Pixels on either side of the line.</summary>
    private const int BandWidth = 8;

    private const int CellSize = 32;

    private readonly Dictionary<(int X, int Y), CellSums> _cells = [];

    /// <summary>Mean difference, 0 to 255; 0 where the line has no pixels.</summary>
    internal double MeanColourShift
    {
        get
        {
            var pixels = _cells.Values.Sum(square => (double)square.Pixels);
            return pixels == 0 ? 0 : _cells.Values.Sum(square => square.MeanDifference) / pixels;
        }
    }

    /// <summary>Where pixels of the line may lie.</summary>
    internal PixelArea? BandWithin(PixelArea strip) => pasted.IsEmpty ? null : pasted.Bounds.Expand(inside ? 0 : BandWidth, pasted.ImageSize).Intersect(area)?.Intersect(strip);

    /// <summary>Takes what lies beside the line in a part.</summary>
    internal void AddBand(PixelArea part, PixelBlock original, PixelBlock drawn, int channels)
    {
        var along = FindBandPixels(part);
        for (var i = 0; i < along.Length; i++)
        {
            if (along[i])
            {
                var (x, y) = (part.Left + (i % part.Size.Width), part.Top + (i / part.Size.Width));
                var sums = GetCell(x, y, channels);
                sums.Pixels++;
                for (var channel = 0; channel < channels; channel++)
                {
                    sums.Differences[channel] += drawn.GetValue(x, y, channel) - original.GetValue(x, y, channel);
                }
            }
        }
    }

    private CellSums GetCell(int x, int y, int channels)
    {
        var key = (x / CellSize, y / CellSize);
        if (!_cells.TryGetValue(key, out var sums))
        {
            _cells[key] = sums = new CellSums(channels);
        }

        return sums;
    }

    /// <summary>Which pixels of a part lie beside the line, on the side that is looked at.</summary>
    private bool[] FindBandPixels(PixelArea part)
    {
        var window = part.Expand(BandWidth + 1, pasted.ImageSize);
        var marks = pasted.GetMask(window);
        for (var i = 0; i < marks.Length && !inside; i++)
        {
            marks[i] ^= 1;
        }

        var field = new DistanceTransform(window.Size.Width, marks, BandWidth + 1);
        var along = new bool[part.Size.PixelCount];
        for (var i = 0; i < along.Length; i++)
        {
            var distance = field.GetRow((i / part.Size.Width) + part.Top - window.Top)[(i % part.Size.Width) + part.Left - window.Left];
            along[i] = distance > 0 && distance <= BandWidth * field.UnitsPerPixel;
        }

        return along;
    }

    private sealed class CellSums(int channels)
    {
        internal long Pixels { get; set; }

        internal double[] Differences { get; } = new double[channels];

        /// <summary>The mean difference of the channels, once for each pixel.</summary>
        internal double MeanDifference => Differences.Average(Math.Abs);
    }
}
