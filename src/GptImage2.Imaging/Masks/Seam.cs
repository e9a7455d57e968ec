namespace GptImage2.Imaging.Masks;

/// <summary>
/// How far two pictures' colours are apart along the line where one is pasted into the other. Squares are averaged before they count:
/// a texture drawn anew does not show, a shade that changes does.
/// </summary>
internal sealed class Seam(RegionMask pasted, PixelArea area, bool inside)
{
    /// <summary>Pixels on either side of the line.</summary>
    private const int Width = 8;

    private const int Square = 32;

    private readonly Dictionary<(int X, int Y), Sums> _squares = [];

    /// <summary>Mean difference, 0 to 255; 0 where the line has no pixels.</summary>
    internal double Shift
    {
        get
        {
            var pixels = _squares.Values.Sum(square => (double)square.Pixels);
            return pixels == 0 ? 0 : _squares.Values.Sum(square => square.Apart) / pixels;
        }
    }

    /// <summary>Where pixels of the line may lie.</summary>
    internal PixelArea? Part(PixelArea strip) => pasted.IsEmpty ? null : pasted.Bounds.Grown(inside ? 0 : Width, pasted.Image).Cut(area)?.Cut(strip);

    /// <summary>Takes what lies beside the line in a part.</summary>
    internal void Add(PixelArea part, PixelValues original, PixelValues drawn, int channels)
    {
        var along = Along(part);
        for (var i = 0; i < along.Length; i++)
        {
            if (along[i])
            {
                var (x, y) = (part.Left + (i % part.Size.Width), part.Top + (i / part.Size.Width));
                var sums = At(x, y, channels);
                sums.Pixels++;
                for (var channel = 0; channel < channels; channel++)
                {
                    sums.Differences[channel] += drawn.At(x, y, channel) - original.At(x, y, channel);
                }
            }
        }
    }

    private Sums At(int x, int y, int channels)
    {
        var key = (x / Square, y / Square);
        if (!_squares.TryGetValue(key, out var sums))
        {
            _squares[key] = sums = new Sums(channels);
        }

        return sums;
    }

    /// <summary>Which pixels of a part lie beside the line, on the side that is looked at.</summary>
    private bool[] Along(PixelArea part)
    {
        var window = part.Grown(Width + 1, pasted.Image);
        var marks = pasted.Marks(window);
        for (var i = 0; i < marks.Length && !inside; i++)
        {
            marks[i] ^= 1;
        }

        var field = new DistanceField(window.Size.Width, marks, Width + 1);
        var along = new bool[part.Size.Pixels];
        for (var i = 0; i < along.Length; i++)
        {
            var distance = field.Row((i / part.Size.Width) + part.Top - window.Top)[(i % part.Size.Width) + part.Left - window.Left];
            along[i] = distance > 0 && distance <= Width * field.PerPixel;
        }

        return along;
    }

    private sealed class Sums(int channels)
    {
        internal long Pixels { get; set; }

        internal double[] Differences { get; } = new double[channels];

        /// <summary>The mean difference of the channels, once for each pixel.</summary>
        internal double Apart => Differences.Average(Math.Abs);
    }
}
