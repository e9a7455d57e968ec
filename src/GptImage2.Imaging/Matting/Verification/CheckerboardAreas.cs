using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Verification;

/// <summary>
/// Finds grey and white squares that were left in a part of a cut-out, as in the hole of a ring. Nine points, a square apart from each other, have
/// two greys in turn; where that is so all over an area of several squares, it is painted.
/// </summary>
internal sealed class CheckerboardAreas(RgbaBuffer pixels, int square)
{
    /// <summary>Edge of the smallest and of the largest squares that are looked for, in pixels.</summary>
    private const int MinSquare = 6;
    private const int MaxSquare = 64;

    private const int MinStep = 8;
    private const int MaxStep = 140;
    private const int MaxChroma = 20;

    /// <summary>Of an area that is one, in squares.</summary>
    private const int MinSquares = 6;

    private const byte Solid = 200;
    private readonly int _step = Math.Max(1, square / 3);

    internal static CutoutFinding? Find(RgbaBuffer pixels)
    {
        // Squares of nearly the right size fit as well, but not everywhere.
        PixelArea? largest = null;
        for (var square = MinSquare; square <= Math.Min(MaxSquare, pixels.ShorterEdge / 6); square += Math.Max(1, square / 12))
        {
            largest = new CheckerboardAreas(pixels, square).FindLargest() is { } area && area.Size.PixelCount > (largest?.Size.PixelCount ?? 0) ? area : largest;
        }

        return largest is null ? null : new CutoutFinding(CutoutFindingKind.Checkerboard) { Area = largest };
    }

    private PixelArea? FindLargest()
    {
        var (columns, rows) = ((pixels.Width + _step - 1) / _step, (pixels.Height + _step - 1) / _step);
        var (labels, minimum, count) = (new TrimapLabel[columns * rows], MinSquares * square * square / (_step * _step), 0);
        for (var place = 0; place < labels.Length; place++)
        {
            var isPainted = IsAlternating(place % columns * _step, place / columns * _step);
            labels[place] = isPainted ? TrimapLabel.Enclosed : TrimapLabel.Unknown;
            count += isPainted ? 1 : 0;
        }

        return count < minimum ? null : FindLargest(labels, columns, minimum);
    }

    private PixelArea? FindLargest(TrimapLabel[] labels, int columns, int minimum)
    {
        var areas = new ConnectedComponents(labels, columns).Find(TrimapLabel.Enclosed, enclosed: false);
        return areas.Where(area => area.Count >= minimum).DefaultIfEmpty([]).MaxBy(area => area.Count) is { Count: > 0 } largest
            ? PixelArea.ClipToImage(
                new Dimensions(pixels.Width, pixels.Height),
                (largest.Min(place => place % columns) * _step) - square,
                (largest.Min(place => place / columns) * _step) - square,
                (largest.Max(place => place % columns) * _step) + square,
                (largest.Max(place => place / columns) * _step) + square)
            : null;
    }

    /// <summary>Whether the nine points around this one are of two greys in turn.</summary>
    private bool IsAlternating(int x, int y)
    {
        if (x < square || y < square || x >= pixels.Width - square || y >= pixels.Height - square || GreyAt(x, y) < 0)
        {
            return false;
        }

        Span<int> least = [int.MaxValue, int.MaxValue];
        Span<int> most = [0, 0];
        for (var point = 0; point < 9; point++)
        {
            var grey = GreyAt(x + (((point % 3) - 1) * square), y + (((point / 3) - 1) * square));
            if (grey < 0)
            {
                return false;
            }

            (least[point % 2], most[point % 2]) = (Math.Min(least[point % 2], grey), Math.Max(most[point % 2], grey));
        }

        // Both tones are more even than they are apart.
        var (gap, spread) = (Math.Max(least[0], least[1]) - Math.Min(most[0], most[1]), Math.Max(most[0] - least[0], most[1] - least[1]));
        return gap is >= MinStep and <= MaxStep && spread <= gap / 2;
    }

    /// <summary>-1 where there is colour, or nothing.</summary>
    private int GreyAt(int x, int y)
    {
        var pixel = pixels.Rgba.AsSpan(((y * pixels.Width) + x) * 4, 4);
        return pixel[3] >= Solid && new Colour(pixel[0], pixel[1], pixel[2]).Chroma <= MaxChroma ? (pixel[0] + pixel[1] + pixel[2]) / 3 : -1;
    }
}
