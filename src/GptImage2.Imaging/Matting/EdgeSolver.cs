namespace GptImage2.Imaging.Matting;

/// <summary>
/// Third step: the subject. What lies deep inside is solid. Near its outline a pixel may be a mixture of the subject and of what lies
/// behind: from there the solver climbs inwards for as long as the colour moves on in the same direction; where it stops is the subject's
/// own colour, and the part of the way that the pixel has gone is its alpha. A pixel that is itself such a stop is solid, unless it
/// belongs to a strand so thin that it is solid nowhere; then a fuller one of its kind nearby shows the colour.
/// </summary>
internal sealed class EdgeSolver
{
    private const float Growth = 0.04f;
    private const int Around = 4;
    private static readonly byte[] Nothing = [0, 0, 0, 0];
    private readonly Matte _matte;
    private readonly PixelGrid _pixels;
    private readonly int _width;
    private readonly int _band;
    private readonly float _faint;
    private readonly float _astray;
    private readonly float _leaning;
    private readonly int _thickSquared;
    private readonly int _outlineSquared;
    private readonly MixingSpace _space;
    private readonly NearestMap _outside;
    private readonly NearestMap _thick;
    private readonly Strands _strands;

    internal EdgeSolver(Matte matte)
    {
        (_matte, _pixels, _width) = (matte, matte.Pixels, matte.Pixels.Width);
        _band = Math.Clamp(_pixels.ShortEdge / 96, matte.Tolerances.Lossy ? 9 : 5, 20);
        _faint = (float)Math.Max(matte.Tolerances.Lossy ? 20 : 6, 4 * matte.Tolerances.Noise);
        _astray = (float)((matte.Tolerances.Lossy ? 12 : 5) + (2 * matte.Tolerances.Noise));
        (_thickSquared, _outlineSquared) = matte.Tolerances.Lossy ? (30, 25) : (6, 5);
        _leaning = matte.Tolerances.Lossy ? 0.15f : 0.02f;
        _space = new MixingSpace(matte.Tolerances.Lossy);
        _outside = NearestMap.To(matte.Kinds, PixelKind.Backdrop | PixelKind.Veil, _width);
        _thick = NearestMap.To(Thick(), PixelKind.Subject, _width);
        _strands = new Strands(_pixels);
    }

    internal void Solve()
    {
        Each(Collect);
        Each(Solve);
    }

    /// <summary>Pixels so deep that they are the subject's own.</summary>
    private PixelKind[] Thick()
    {
        var thick = new PixelKind[_pixels.Count];
        for (var place = 0; place < thick.Length; place++)
        {
            thick[place] = _outside.SquaredDistance(place) > _thickSquared ? PixelKind.Subject : PixelKind.Backdrop;
        }

        return thick;
    }

    private void Each(Action<int, float[]> step)
    {
        var colours = new float[_width * 3];
        for (var y = 0; y < _pixels.Height; y++)
        {
            _matte.Backdrop.Surface.Row(y, colours);
            for (var x = 0; x < _width; x++)
            {
                if (_matte.Kinds[(y * _width) + x] == PixelKind.Subject)
                {
                    step((y * _width) + x, colours);
                }
            }
        }
    }

    private void Collect(int place, float[] colours)
    {
        if (_outside.SquaredDistance(place) > _thickSquared)
        {
            return;
        }

        Span<float> behind = stackalloc float[3];
        Span<float> way = stackalloc float[3];
        Behind(place, colours, behind);
        Way(place, behind, way);
        _strands.Add(place % _width, place / _width, way, ColourLine.Length(way));
    }

    private void Solve(int place, float[] colours)
    {
        var pixel = _pixels.Rgba.AsSpan(place * 4, 3);
        if (_outside.SquaredDistance(place) > _band * _band)
        {
            _matte.Set(place, pixel[0], pixel[1], pixel[2], 1);
            return;
        }

        Span<float> behind = stackalloc float[3];
        Span<float> way = stackalloc float[3];
        Span<float> full = stackalloc float[3];
        Behind(place, colours, behind);
        Way(place, behind, way);
        way.CopyTo(full);
        if (Climb(place, behind, full))
        {
            Widen(place, behind, full);
        }

        if (full.SequenceEqual(way))
        {
            Search(place, behind, full);
        }

        Mix(place, behind, way, full);
    }

    /// <summary>What the pixel would show without the subject: the backdrop, or the veil beside it.</summary>
    private void Behind(int place, float[] colours, Span<float> behind)
    {
        var nearest = _outside.Place(place);
        if (nearest >= 0 && _matte.Kinds[nearest] == PixelKind.Veil)
        {
            var pixel = _pixels.Rgba.AsSpan(nearest * 4, 3);
            (behind[0], behind[1], behind[2]) = (pixel[0], pixel[1], pixel[2]);
            return;
        }

        colours.AsSpan(place % _width * 3, 3).CopyTo(behind);
    }

    private void Way(int place, ReadOnlySpan<float> from, Span<float> way)
    {
        var pixel = _pixels.Rgba.AsSpan(place * 4, 3);
        (way[0], way[1], way[2]) = (pixel[0] - from[0], pixel[1] - from[1], pixel[2] - from[2]);
        _space.Enter(way);
    }

    /// <summary>Extends a way to where the subject's own colour begins; true where that is still thin.</summary>
    private bool Climb(int place, ReadOnlySpan<float> behind, Span<float> full)
    {
        Span<float> way = stackalloc float[3];
        Span<float> best = stackalloc float[3];
        var length = ColourLine.Length(full);
        var deepest = _outside.SquaredDistance(place);
        for (var (step, misses) = (0, 0); step < _band && misses < 2; step++)
        {
            var next = Inwards(place, behind, full, best);
            if (next < 0)
            {
                return deepest <= _thickSquared;
            }

            best.CopyTo(way);
            place = next;
            deepest = Math.Max(deepest, _outside.SquaredDistance(place));
            var reached = ColourLine.Length(way);
            if (length >= _faint && !IsAlong(full, length, way, reached))
            {
                break;
            }

            if (reached > (length * (1 + Growth)) + 1)
            {
                way.CopyTo(full);
                length = reached;
                misses = 0;
            }
            else
            {
                misses++;
                if (_matte.Tolerances.Lossy && reached > length * (1 - Growth))
                {
                    way.CopyTo(full);
                }
            }
        }

        return deepest <= _thickSquared && IsRidge(place);
    }

    /// <summary>Whether a way leads in the direction of a longer one.</summary>
    private bool IsAlong(ReadOnlySpan<float> way, float length, ReadOnlySpan<float> longer, float reached) =>
        ColourLine.Misses(way, longer, reached) <= _astray + (_leaning * length);

    /// <summary>
    /// For a pixel at the outline that leads nowhere: it may be solid, or a mixture with a colour that the climb has missed.
    /// Takes the deeper pixel around it that explains it best, if one does.
    /// </summary>
    private void Search(int place, ReadOnlySpan<float> behind, Span<float> full)
    {
        if (_outside.SquaredDistance(place) > _outlineSquared)
        {
            return;
        }

        Span<float> way = stackalloc float[3];
        Span<float> best = stackalloc float[3];
        Span<float> strongest = stackalloc float[3];
        var length = ColourLine.Length(full);
        var (least, most) = (float.MaxValue, 0f);
        var (x, y) = (place % _width, place / _width);
        for (var row = Math.Max(0, y - Around); row <= Math.Min(_pixels.Height - 1, y + Around); row++)
        {
            for (var column = Math.Max(0, x - Around); column <= Math.Min(_width - 1, x + Around); column++)
            {
                var other = (row * _width) + column;
                if (_outside.SquaredDistance(other) > (_matte.Tolerances.Lossy ? 0 : _outlineSquared))
                {
                    Way(other, behind, way);
                    var reached = ColourLine.Length(way);
                    var misses = reached > length * 1.2f ? ColourLine.Misses(full, way, reached) : float.MaxValue;
                    if (misses < least)
                    {
                        least = misses;
                        way.CopyTo(best);
                    }

                    if (reached > most)
                    {
                        most = reached;
                        way.CopyTo(strongest);
                    }
                }
            }
        }

        if (least <= (2 * _astray) + (_leaning * length) || (least < float.MaxValue && length < _faint))
        {
            best.CopyTo(full);
        }
        else if (_matte.Tolerances.Lossy && length < 0.6f * most)
        {
            strongest.CopyTo(full);
        }
        else if (length < _faint)
        {
            // Noise: no part of anything.
            full.Clear();
        }
    }

    /// <summary>The neighbour further inside that has gone furthest in the same direction; -1 on a ridge.</summary>
    private int Inwards(int place, ReadOnlySpan<float> behind, ReadOnlySpan<float> full, Span<float> best)
    {
        Span<float> way = stackalloc float[3];
        var (found, furthest) = (-1, float.MinValue);
        var depth = _outside.SquaredDistance(place);
        var (x, y) = (place % _width, place / _width);
        for (var dy = y > 0 ? -1 : 0; dy <= (y < _pixels.Height - 1 ? 1 : 0); dy++)
        {
            for (var dx = x > 0 ? -1 : 0; dx <= (x < _width - 1 ? 1 : 0); dx++)
            {
                var other = place + (dy * _width) + dx;
                if (_outside.SquaredDistance(other) > depth)
                {
                    Way(other, behind, way);
                    var along = ColourLine.Dot(way, full);
                    if (along > furthest)
                    {
                        (found, furthest) = (other, along);
                        way.CopyTo(best);
                    }
                }
            }
        }

        return found;
    }

    private bool IsRidge(int place)
    {
        var depth = _outside.SquaredDistance(place);
        var (x, y) = (place % _width, place / _width);
        for (var dy = y > 0 ? -1 : 0; dy <= (y < _pixels.Height - 1 ? 1 : 0); dy++)
        {
            for (var dx = x > 0 ? -1 : 0; dx <= (x < _width - 1 ? 1 : 0); dx++)
            {
                if (_outside.SquaredDistance(place + (dy * _width) + dx) > depth)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>For a thin strand: the colour of the nearest solid part that it can be a fainter version of, or of the fullest strand nearby.</summary>
    private void Widen(int place, ReadOnlySpan<float> behind, Span<float> full)
    {
        Span<float> way = stackalloc float[3];
        var length = ColourLine.Length(full);
        var solid = _thick.Place(place);
        if (solid >= 0 && _thick.SquaredDistance(place) <= _pixels.ShortEdge * _pixels.ShortEdge / 16)
        {
            Way(solid, behind, way);
            var reached = ColourLine.Length(way);
            if (reached > length && IsAlong(full, length, way, reached))
            {
                way.CopyTo(full);
                return;
            }
        }

        if (_strands.Fuller(place % _width, place / _width, full, length, _astray, way))
        {
            way.CopyTo(full);
        }
    }

    /// <summary>Splits the pixel into its part of the subject and of what is behind, which may itself be a veil.</summary>
    private void Mix(int place, ReadOnlySpan<float> behind, ReadOnlySpan<float> way, ReadOnlySpan<float> full)
    {
        var part = Cleaned(Math.Clamp(ColourLine.Dot(way, full) / Math.Max(1, ColourLine.Dot(full, full)), 0, 1), ColourLine.Length(full));
        Span<float> own = stackalloc float[3];
        for (var channel = 0; channel < 3; channel++)
        {
            own[channel] = way[channel] - (part * full[channel]);
        }

        // The full colour, plus what of this pixel's own colour the mixture does not explain.
        _space.KeepOwn(own);
        for (var channel = 0; channel < 3; channel++)
        {
            own[channel] += full[channel];
        }

        _space.Leave(own);
        for (var channel = 0; channel < 3; channel++)
        {
            own[channel] = Math.Clamp(own[channel] + behind[channel], 0, 255);
        }

        if (_matte.Tolerances.Lossy && !_matte.Backdrop.IsNeutral)
        {
            Spill.Remove(own, behind, Solid(place));
            part = Math.Min(part, Spill.MostAlpha(_pixels.Rgba.AsSpan(place * 4, 3), behind));
        }

        var veil = Veil(place);
        var alpha = part + ((1 - part) * veil[3] / 255f);
        if (alpha <= 0)
        {
            _matte.Set(place, own[0], own[1], own[2], 0);
            return;
        }

        var under = (1 - part) * veil[3] / 255f;
        _matte.Set(
            place,
            ((part * own[0]) + (under * veil[0])) / alpha,
            ((part * own[1]) + (under * veil[1])) / alpha,
            ((part * own[2]) + (under * veil[2])) / alpha,
            alpha);
    }

    /// <summary>Neither a trace of subject in the backdrop's noise nor a trace of backdrop in the subject's.</summary>
    private float Cleaned(float part, float length)
    {
        var trace = Math.Min(0.25f, _matte.Tolerances.Close / Math.Max(1, length));
        return Math.Clamp((part - trace) / (1 - (1.6f * trace)), 0, 1);
    }

    private ReadOnlySpan<byte> Solid(int place)
    {
        var nearest = _thick.Place(place);
        return nearest < 0 ? Nothing.AsSpan(0, 3) : _pixels.Rgba.AsSpan(nearest * 4, 3);
    }

    private ReadOnlySpan<byte> Veil(int place)
    {
        var nearest = _outside.Place(place);
        return nearest >= 0 && _matte.Kinds[nearest] == PixelKind.Veil ? _matte.Result.AsSpan(nearest * 4, 4) : Nothing;
    }
}
