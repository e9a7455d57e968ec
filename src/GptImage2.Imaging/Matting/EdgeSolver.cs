namespace GptImage2.Imaging.Matting;

/// <summary>
/// Third step: the subject. What lies deep inside is solid. Near its outline a pixel may be a mixture of the subject's own colour and of
/// what lies behind: the part of the way between the two that it has gone is its alpha.
/// </summary>
internal sealed class EdgeSolver
{
    private readonly Matte _matte;
    private readonly PixelGrid _pixels;
    private readonly Outline _outline;
    private readonly Strands _strands;
    private readonly OwnColours _colours;
    private readonly bool _coloured;

    internal EdgeSolver(Matte matte)
    {
        (_matte, _pixels) = (matte, matte.Pixels);
        _outline = new Outline(matte);
        _strands = new Strands(_pixels);
        _colours = new OwnColours(_outline, _strands);
        _coloured = !matte.Backdrop.IsNeutral;
    }

    internal void Solve()
    {
        Collect();
        PixelRows.Each(_pixels, _matte.Backdrop, (y, row) =>
        {
            for (var place = y * _pixels.Width; place < (y + 1) * _pixels.Width; place++)
            {
                if (_matte.Kinds[place] == PixelKind.Subject)
                {
                    Solve(place, row);
                }
            }
        });
    }

    /// <summary>One row after the other, so that the outcome never depends on which comes first.</summary>
    private void Collect()
    {
        var row = new float[_pixels.Width * 3];
        Span<float> behind = stackalloc float[3];
        Span<float> way = stackalloc float[3];
        for (var y = 0; y < _pixels.Height; y++)
        {
            _matte.Backdrop.Surface.Row(y, row);
            for (var x = 0; x < _pixels.Width; x++)
            {
                var place = (y * _pixels.Width) + x;
                if (_matte.Kinds[place] == PixelKind.Subject && _outline.Depth(place) <= _outline.ThickSquared)
                {
                    _outline.Behind(place, row, behind);
                    _outline.Way(place, behind, way);
                    _strands.Add(x, y, way, ColourLine.Length(way));
                }
            }
        }
    }

    private void Solve(int place, ReadOnlySpan<float> row)
    {
        if (_outline.Depth(place) > _outline.BandSquared && !_outline.IsTainted(place, row.Slice(place % _pixels.Width * 3, 3)))
        {
            var pixel = _pixels.Rgba.AsSpan(place * 4, 3);
            _matte.Set(place, pixel[0], pixel[1], pixel[2], 1);
            return;
        }

        Span<float> behind = stackalloc float[3];
        Span<float> way = stackalloc float[3];
        Span<float> full = stackalloc float[3];
        _outline.Behind(place, row, behind);
        _outline.Way(place, behind, way);
        way.CopyTo(full);
        _colours.Find(place, behind, full);
        Split(place, behind, way, full);
    }

    private void Split(int place, ReadOnlySpan<float> behind, ReadOnlySpan<float> way, ReadOnlySpan<float> full)
    {
        var part = Cleaned(Math.Clamp(ColourLine.Dot(way, full) / Math.Max(1, ColourLine.Dot(full, full)), 0, 1), ColourLine.Length(full));
        Span<float> own = stackalloc float[3];
        Own(behind, way, full, part, own);
        if (_coloured)
        {
            var solid = OwnHue(place, behind);
            Spill.Remove(own, behind, solid);
            part = Math.Min(part, Spill.MostAlpha(_pixels.Rgba.AsSpan(place * 4, 3), behind, solid));
        }

        Lay(place, own, part, _outline.Veil(place));
    }

    /// <summary>How much of the backdrop's hue the solid subject nearby has of its own.</summary>
    private float OwnHue(int place, ReadOnlySpan<float> behind)
    {
        var solid = _outline.Solid(place);
        return solid < 0 ? 0 : Math.Max(0, Spill.Part([_pixels.Rgba[solid * 4], _pixels.Rgba[(solid * 4) + 1], _pixels.Rgba[(solid * 4) + 2]], behind));
    }

    /// <summary>The full colour, plus what of this pixel's own colour the mixture does not explain.</summary>
    private void Own(ReadOnlySpan<float> behind, ReadOnlySpan<float> way, ReadOnlySpan<float> full, float part, Span<float> own)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            own[channel] = way[channel] - (part * full[channel]);
        }

        _outline.Space.KeepOwn(own);
        for (var channel = 0; channel < 3; channel++)
        {
            own[channel] += full[channel];
        }

        _outline.Space.Leave(own);
        for (var channel = 0; channel < 3; channel++)
        {
            own[channel] = Math.Clamp(own[channel] + behind[channel], 0, 255);
        }
    }

    /// <summary>Puts the subject's part over the veil, if there is one.</summary>
    private void Lay(int place, ReadOnlySpan<float> own, float part, ReadOnlySpan<byte> veil)
    {
        var under = veil.IsEmpty ? 0 : (1 - part) * veil[3] / 255f;
        var alpha = part + under;
        if (under == 0 || alpha == 0)
        {
            _matte.Set(place, own[0], own[1], own[2], alpha);
            return;
        }

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
}
