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

    /// <summary>Share of the picture from which an enclosed area of exactly the backdrop's grey is a hole: 27x27 of 1024x1024 pixels.</summary>
    private const double LeastNeutralHole = 0.0007;

    /// <summary>Mean difference of such an area from the backdrop, in levels.</summary>
    private const float MostShift = 1.5f;
    private readonly int _width = matte.Pixels.Width;
    private readonly PixelKind[] _kinds = matte.Kinds;
    private readonly int[] _queue = new int[matte.Pixels.Count];

    internal void Mark()
    {
        Match();
        if (matte.Tolerances.IsNoisy)
        {
            DropSpecks();
        }

        var enclosed = Enclosed();
        Decide(enclosed);
    }

    private void Match()
    {
        var colours = new float[_width * 3];
        for (var y = 0; y < matte.Pixels.Height; y++)
        {
            matte.Backdrop.Surface.Row(y, colours);
            var row = matte.Pixels.Row(y);
            for (var x = 0; x < _width; x++)
            {
                var colour = colours.AsSpan(x * 3, 3);
                var difference = Difference(row.Slice(x * 4, 3), colour);
                var matches = difference <= matte.Tolerances.Close || (difference <= matte.Tolerances.Loose && EvensOut(x, y, colour));
                _kinds[(y * _width) + x] = matches ? PixelKind.Backdrop : PixelKind.Subject;
            }
        }
    }

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

    /// <summary>Single pixels that noise has thrown out, or in.</summary>
    private void DropSpecks()
    {
        for (var y = 1; y < matte.Pixels.Height - 1; y++)
        {
            for (var x = 1; x < _width - 1; x++)
            {
                var place = (y * _width) + x;
                var kind = _kinds[place];
                if (_kinds[place - 1] != kind && _kinds[place + 1] != kind && _kinds[place - _width] != kind && _kinds[place + _width] != kind
                    && IsFaint(place, x, y))
                {
                    _kinds[place] = _kinds[place - 1];
                }
            }
        }
    }

    private bool IsFaint(int place, int x, int y)
    {
        Span<float> colour = stackalloc float[3];
        matte.Backdrop.Surface.At(x, y, colour);
        return Difference(matte.Pixels.Rgba.AsSpan(place * 4, 3), colour) < 2 * matte.Tolerances.Loose;
    }

    /// <summary>Areas of the backdrop's colour that do not reach the border, as stretches of the queue.</summary>
    private List<(int Start, int Length)> Enclosed()
    {
        var seen = new bool[_kinds.Length];
        var length = 0;
        for (var x = 0; x < _width; x++)
        {
            length = Flood(x, seen, length);
            length = Flood(_kinds.Length - 1 - x, seen, length);
        }

        for (var y = 0; y < matte.Pixels.Height; y++)
        {
            length = Flood(y * _width, seen, length);
            length = Flood((y * _width) + _width - 1, seen, length);
        }

        var enclosed = new List<(int, int)>();
        length = 0;
        for (var place = 0; place < _kinds.Length; place++)
        {
            var start = length;
            length = Flood(place, seen, length);
            if (length > start)
            {
                enclosed.Add((start, length - start));
            }
        }

        return enclosed;
    }

    /// <summary>Appends everything connected with a place to the queue.</summary>
    private int Flood(int place, bool[] seen, int length)
    {
        var next = length;
        length = Visit(place, seen, length);
        for (; next < length; next++)
        {
            var x = _queue[next] % _width;
            length = x > 0 ? Visit(_queue[next] - 1, seen, length) : length;
            length = x < _width - 1 ? Visit(_queue[next] + 1, seen, length) : length;
            length = _queue[next] >= _width ? Visit(_queue[next] - _width, seen, length) : length;
            length = _queue[next] < _kinds.Length - _width ? Visit(_queue[next] + _width, seen, length) : length;
        }

        return length;
    }

    private int Visit(int place, bool[] seen, int length)
    {
        if (!seen[place] && _kinds[place] == PixelKind.Backdrop)
        {
            seen[place] = true;
            _queue[length++] = place;
        }

        return length;
    }

    private void Decide(List<(int Start, int Length)> enclosed)
    {
        if (!matte.Backdrop.IsNeutral)
        {
            Reject(enclosed.Where(area => area.Length < LeastColouredHole));
            return;
        }

        var open = enclosed.Where(area => !IsLargeHole(area)).ToList();
        Reject(open);
        while (open.Count > 0)
        {
            var outside = NearestMap.To(_kinds, PixelKind.Backdrop, _width);
            var gaps = open.Where(area => IsGap(area, outside)).ToHashSet();
            if (gaps.Count == 0)
            {
                break;
            }

            Fill(gaps, PixelKind.Backdrop);
            open.RemoveAll(gaps.Contains);
        }
    }

    private void Reject(IEnumerable<(int Start, int Length)> areas) => Fill(areas, PixelKind.Subject);

    private void Fill(IEnumerable<(int Start, int Length)> areas, PixelKind kind)
    {
        foreach (var (start, length) in areas)
        {
            foreach (var place in _queue.AsSpan(start, length))
            {
                _kinds[place] = kind;
            }
        }
    }

    private bool IsLargeHole((int Start, int Length) area)
    {
        var (shift, spread) = Unevenness(area);
        return area.Length >= Math.Max(40, LeastNeutralHole * matte.Pixels.Count) && shift <= MostShift && spread <= matte.Tolerances.Close * 0.8;
    }

    /// <summary>How far an area is from the backdrop: on average, where noise evens out, and pixel by pixel.</summary>
    private (double Shift, double Spread) Unevenness((int Start, int Length) area)
    {
        Span<float> colour = stackalloc float[3];
        Span<double> shifts = stackalloc double[3];
        var (count, spread) = (0, 0.0);
        for (var i = area.Start; i < area.Start + area.Length; i += Math.Max(1, area.Length / 2000))
        {
            matte.Backdrop.Surface.At(_queue[i] % _width, _queue[i] / _width, colour);
            var pixel = matte.Pixels.Rgba.AsSpan(_queue[i] * 4, 3);
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
    private bool IsGap((int Start, int Length) area, NearestMap outside)
    {
        // A lossy codec hides the backdrop right beside a strand.
        var strand = Math.Max(5, matte.Pixels.ShortEdge / 160) + (matte.Tolerances.Lossy ? 3 : 0);
        var near = 0;
        foreach (var place in _queue.AsSpan(area.Start, area.Length))
        {
            near += outside.SquaredDistance(place) <= strand * strand ? 1 : 0;
        }

        return near >= 1.4 * Math.Sqrt(area.Length);
    }
}
