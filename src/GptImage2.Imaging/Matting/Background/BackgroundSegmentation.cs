using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Background;

/// <summary>
/// First step: which pixels are nothing but backdrop. Outside the subject that is whatever has the backdrop's colour and is connected
/// with the border. Holes are enclosed areas of that colour. On a coloured backdrop every one counts, for subjects do not carry exactly
/// that colour; white, grey and black they do carry (the white of an eye, a button, a label), so there an enclosed area must match the
/// backdrop evenly and be either large or framed by thin strands, as the gaps between curls are.
/// </summary>
internal sealed class BackgroundSegmentation(MattingContext matte)
{
    private const int MinColouredHole = 3;

    /// <summary>Noise is evened out over this many pixels to each side.</summary>
    private const int NeighbourhoodRadius = 2;

    /// <summary>In pixels.</summary>
    private const int MaxSpeckSize = 48;

    /// <summary>How many strands deep a gap may lie; each round looks at the whole picture.</summary>
    private const int MaxGapRounds = 8;

    /// <summary>Share of the picture from which an enclosed area of exactly the backdrop's grey is a hole: 27x27 of 1024x1024 pixels.</summary>
    private const double MinNeutralHoleShare = 0.0007;
    private readonly int _width = matte.Pixels.Width;
    private readonly TrimapLabel[] _labels = matte.Labels;

    internal void Segment()
    {
        LabelByColour();
        if (matte.Thresholds.IsNoisy)
        {
            RemoveSpecks();
        }

        ClassifyHoles(new ConnectedComponents(_labels, _width));
    }

    private void LabelByColour() => ParallelRows.ForEach(matte.Pixels, matte.Background, (y, behind) =>
    {
        var row = matte.Pixels.GetRow(y);
        for (var x = 0; x < _width; x++)
        {
            var colour = behind.Slice(x * 3, 3);
            var difference = ChebyshevDistance(row.Slice(x * 4, 3), colour);
            var matches = difference <= matte.Thresholds.CertainMatch || (difference <= matte.Thresholds.PossibleMatch && NeighbourhoodMatches(x, y, colour));
            _labels[(y * _width) + x] = matches ? TrimapLabel.Background : TrimapLabel.Unknown;
        }
    });

    /// <summary>Whether the surroundings, as far as they are near the backdrop's colour at all, are off to all sides alike, as noise is.</summary>
    private bool NeighbourhoodMatches(int x, int y, ReadOnlySpan<float> colour)
    {
        var (count, red, green, blue) = (0, 0f, 0f, 0f);
        for (var row = Math.Max(0, y - NeighbourhoodRadius); row <= Math.Min(matte.Pixels.Height - 1, y + NeighbourhoodRadius); row++)
        {
            for (var column = Math.Max(0, x - NeighbourhoodRadius); column <= Math.Min(_width - 1, x + NeighbourhoodRadius); column++)
            {
                var pixel = matte.Pixels.Rgba.AsSpan(((row * _width) + column) * 4, 3);
                if (ChebyshevDistance(pixel, colour) <= matte.Thresholds.PossibleMatch)
                {
                    (count, red, green, blue) = (count + 1, red + pixel[0] - colour[0], green + pixel[1] - colour[1], blue + pixel[2] - colour[2]);
                }
            }
        }

        return Math.Max(Math.Abs(red), Math.Max(Math.Abs(green), Math.Abs(blue))) <= matte.Thresholds.MeanMatch * count;
    }

    private static float ChebyshevDistance(ReadOnlySpan<byte> pixel, ReadOnlySpan<float> colour) =>
        Math.Max(Math.Abs(pixel[0] - colour[0]), Math.Max(Math.Abs(pixel[1] - colour[1]), Math.Abs(pixel[2] - colour[2])));

    /// <summary>Small areas that noise alone has lifted out of the backdrop.</summary>
    private void RemoveSpecks()
    {
        var areas = new ConnectedComponents(_labels, _width);
        foreach (var area in areas.Find(TrimapLabel.Unknown, enclosed: false).Where(area => area.Length <= MaxSpeckSize))
        {
            var places = areas.GetPixels(area);
            if (IsNoiseSpeck(places))
            {
                Relabel(places, TrimapLabel.Background);
            }
        }
    }

    private bool IsNoiseSpeck(ReadOnlySpan<int> places)
    {
        Span<float> colour = stackalloc float[3];
        foreach (var place in places)
        {
            matte.Background.ColourField.EvaluateAt(place % _width, place / _width, colour);
            if (ChebyshevDistance(matte.Pixels.Rgba.AsSpan(place * 4, 3), colour) > 2 * matte.Thresholds.PossibleMatch)
            {
                return false;
            }
        }

        return true;
    }

    private void ClassifyHoles(ConnectedComponents areas)
    {
        var open = areas.Find(TrimapLabel.Background, enclosed: true);
        open.RemoveAll(area => matte.Background.IsNeutral ? IsLargeHole(areas.GetPixels(area)) : area.Length >= MinColouredHole);
        foreach (var area in open)
        {
            Relabel(areas.GetPixels(area), TrimapLabel.Unknown);
        }

        if (matte.Background.IsNeutral)
        {
            OpenGaps(areas, open);
        }
    }

    /// <summary>From the outside inwards: a gap that has been opened lets its neighbours be seen as gaps.</summary>
    private void OpenGaps(ConnectedComponents areas, List<(int Start, int Length)> closed)
    {
        for (var (round, opened) = (0, 1); round < MaxGapRounds && opened > 0; round++)
        {
            var outside = NearestFeatureTransform.Compute(_labels, TrimapLabel.Background, _width);
            var gaps = closed.Where(area => IsGap(areas.GetPixels(area), outside)).ToHashSet();
            foreach (var area in gaps)
            {
                Relabel(areas.GetPixels(area), TrimapLabel.Background);
            }

            opened = closed.RemoveAll(gaps.Contains);
        }
    }

    private void Relabel(ReadOnlySpan<int> places, TrimapLabel kind)
    {
        foreach (var place in places)
        {
            _labels[place] = kind;
        }
    }

    private bool IsLargeHole(ReadOnlySpan<int> area)
    {
        var (shift, spread) = MeasureDeviation(area);
        return area.Length >= Math.Max(40, MinNeutralHoleShare * matte.Pixels.PixelCount) && shift <= matte.Thresholds.MaxMeanOffset && spread <= matte.Thresholds.MaxMeanDeviation;
    }

    /// <summary>How far an area is from the backdrop: on average, where noise evens out, and pixel by pixel.</summary>
    private (double Shift, double Spread) MeasureDeviation(ReadOnlySpan<int> area)
    {
        Span<float> colour = stackalloc float[3];
        Span<double> shifts = stackalloc double[3];
        var (count, spread) = (0, 0.0);
        for (var i = 0; i < area.Length; i += Math.Max(1, area.Length / 2000))
        {
            matte.Background.ColourField.EvaluateAt(area[i] % _width, area[i] / _width, colour);
            var pixel = matte.Pixels.Rgba.AsSpan(area[i] * 4, 3);
            for (var channel = 0; channel < 3; channel++)
            {
                shifts[channel] += pixel[channel] - colour[channel];
            }

            spread += ChebyshevDistance(pixel, colour);
            count++;
        }

        return (Math.Max(Math.Abs(shifts[0]), Math.Max(Math.Abs(shifts[1]), Math.Abs(shifts[2]))) / count, spread / count);
    }

    /// <summary>Whether much of the area's rim (estimated from its size) is within a strand's width of other backdrop.</summary>
    private bool IsGap(ReadOnlySpan<int> area, NearestFeatureTransform outside)
    {
        // A lossy codec hides the backdrop right beside a strand.
        var strand = Math.Max(5, matte.Pixels.ShorterEdge / 160) + (matte.Thresholds.IsLossy ? 5 : 0);
        var near = 0;
        foreach (var place in area)
        {
            near += outside.SquaredDistance(place) <= strand * strand ? 1 : 0;
        }

        return near >= Math.Min(0.6 * area.Length, 1.4 * Math.Sqrt(area.Length));
    }
}
