namespace GptImage2.Imaging.Matting;

/// <summary>
/// First step: which pixels are nothing but backdrop. Outside the subject that is whatever has the backdrop's colour and is connected
/// with the border. Holes are enclosed areas of that colour. On a coloured backdrop every one counts, for subjects do not carry exactly
/// that colour; white, grey and black they do carry (the white of an eye, a button, a label), so there an enclosed area must match the
/// backdrop evenly and be either large or framed by thin strands, as the gaps between curls are.
/// </summary>
internal sealed class BackdropAreas(Matte matte)
{
    private const int LeastColouredHole = 3;

    /// <summary>Noise is evened out over this many pixels to each side.</summary>
    private const int Surroundings = 2;

    /// <summary>In pixels.</summary>
    private const int MostSpeck = 48;

    /// <summary>How many strands deep a gap may lie; each round looks at the whole picture.</summary>
    private const int MostRounds = 8;

    /// <summary>Share of the picture from which an enclosed area of exactly the backdrop's grey is a hole: 27x27 of 1024x1024 pixels.</summary>
    private const double LeastNeutralHole = 0.0007;
    private readonly int _width = matte.Pixels.Width;
    private readonly PixelKind[] _kinds = matte.Kinds;

    internal void Mark()
    {
        Match();
        if (matte.Tolerances.IsNoisy)
        {
            DropSpecks();
        }

        Decide(new ConnectedAreas(_kinds, _width));
    }

    private void Match() => PixelRows.Each(matte.Pixels, matte.Backdrop, (y, behind) =>
    {
        var row = matte.Pixels.Row(y);
        for (var x = 0; x < _width; x++)
        {
            var colour = behind.Slice(x * 3, 3);
            var difference = Difference(row.Slice(x * 4, 3), colour);
            var matches = difference <= matte.Tolerances.Close || (difference <= matte.Tolerances.Loose && EvensOut(x, y, colour));
            _kinds[(y * _width) + x] = matches ? PixelKind.Backdrop : PixelKind.Subject;
        }
    });

    /// <summary>Whether the surroundings, as far as they are near the backdrop's colour at all, are off to all sides alike, as noise is.</summary>
    private bool EvensOut(int x, int y, ReadOnlySpan<float> colour)
    {
        var (count, red, green, blue) = (0, 0f, 0f, 0f);
        for (var row = Math.Max(0, y - Surroundings); row <= Math.Min(matte.Pixels.Height - 1, y + Surroundings); row++)
        {
            for (var column = Math.Max(0, x - Surroundings); column <= Math.Min(_width - 1, x + Surroundings); column++)
            {
                var pixel = matte.Pixels.Rgba.AsSpan(((row * _width) + column) * 4, 3);
                if (Difference(pixel, colour) <= matte.Tolerances.Loose)
                {
                    (count, red, green, blue) = (count + 1, red + pixel[0] - colour[0], green + pixel[1] - colour[1], blue + pixel[2] - colour[2]);
                }
            }
        }

        return Math.Max(Math.Abs(red), Math.Max(Math.Abs(green), Math.Abs(blue))) <= matte.Tolerances.Average * count;
    }

    private static float Difference(ReadOnlySpan<byte> pixel, ReadOnlySpan<float> colour) =>
        Math.Max(Math.Abs(pixel[0] - colour[0]), Math.Max(Math.Abs(pixel[1] - colour[1]), Math.Abs(pixel[2] - colour[2])));

    /// <summary>Small areas that noise alone has lifted out of the backdrop.</summary>
    private void DropSpecks()
    {
        var areas = new ConnectedAreas(_kinds, _width);
        foreach (var area in areas.Of(PixelKind.Subject, enclosed: false).Where(area => area.Length <= MostSpeck))
        {
            var places = areas.Places(area);
            if (IsFaint(places))
            {
                Fill(places, PixelKind.Backdrop);
            }
        }
    }

    private bool IsFaint(ReadOnlySpan<int> places)
    {
        Span<float> colour = stackalloc float[3];
        foreach (var place in places)
        {
            matte.Backdrop.Surface.At(place % _width, place / _width, colour);
            if (Difference(matte.Pixels.Rgba.AsSpan(place * 4, 3), colour) > 2 * matte.Tolerances.Loose)
            {
                return false;
            }
        }

        return true;
    }

    private void Decide(ConnectedAreas areas)
    {
        var open = areas.Of(PixelKind.Backdrop, enclosed: true);
        open.RemoveAll(area => matte.Backdrop.IsNeutral ? IsLargeHole(areas.Places(area)) : area.Length >= LeastColouredHole);
        foreach (var area in open)
        {
            Fill(areas.Places(area), PixelKind.Subject);
        }

        if (matte.Backdrop.IsNeutral)
        {
            OpenGaps(areas, open);
        }
    }

    /// <summary>From the outside inwards: a gap that has been opened lets its neighbours be seen as gaps.</summary>
    private void OpenGaps(ConnectedAreas areas, List<(int Start, int Length)> closed)
    {
        for (var (round, opened) = (0, 1); round < MostRounds && opened > 0; round++)
        {
            var outside = NearestMap.To(_kinds, PixelKind.Backdrop, _width);
            var gaps = closed.Where(area => IsGap(areas.Places(area), outside)).ToHashSet();
            foreach (var area in gaps)
            {
                Fill(areas.Places(area), PixelKind.Backdrop);
            }

            opened = closed.RemoveAll(gaps.Contains);
        }
    }

    private void Fill(ReadOnlySpan<int> places, PixelKind kind)
    {
        foreach (var place in places)
        {
            _kinds[place] = kind;
        }
    }

    private bool IsLargeHole(ReadOnlySpan<int> area)
    {
        var (shift, spread) = Unevenness(area);
        return area.Length >= Math.Max(40, LeastNeutralHole * matte.Pixels.Count) && shift <= matte.Tolerances.Even && spread <= matte.Tolerances.Uneven;
    }

    /// <summary>How far an area is from the backdrop: on average, where noise evens out, and pixel by pixel.</summary>
    private (double Shift, double Spread) Unevenness(ReadOnlySpan<int> area)
    {
        Span<float> colour = stackalloc float[3];
        Span<double> shifts = stackalloc double[3];
        var (count, spread) = (0, 0.0);
        for (var i = 0; i < area.Length; i += Math.Max(1, area.Length / 2000))
        {
            matte.Backdrop.Surface.At(area[i] % _width, area[i] / _width, colour);
            var pixel = matte.Pixels.Rgba.AsSpan(area[i] * 4, 3);
            for (var channel = 0; channel < 3; channel++)
            {
                shifts[channel] += pixel[channel] - colour[channel];
            }

            spread += Difference(pixel, colour);
            count++;
        }

        return (Math.Max(Math.Abs(shifts[0]), Math.Max(Math.Abs(shifts[1]), Math.Abs(shifts[2]))) / count, spread / count);
    }

    /// <summary>Whether much of the area's rim (estimated from its size) is within a strand's width of other backdrop.</summary>
    private bool IsGap(ReadOnlySpan<int> area, NearestMap outside)
    {
        // A lossy codec hides the backdrop right beside a strand.
        var strand = Math.Max(5, matte.Pixels.ShortEdge / 160) + (matte.Tolerances.Lossy ? 5 : 0);
        var near = 0;
        foreach (var place in area)
        {
            near += outside.SquaredDistance(place) <= strand * strand ? 1 : 0;
        }

        return near >= Math.Min(0.6 * area.Length, 1.4 * Math.Sqrt(area.Length));
    }
}
