using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Matting.Background;

namespace GptImage2.Imaging.Matting.Alpha;

/// <summary>
/// Third step: the subject. What lies deep inside is solid. Near its outline a pixel may be a mixture of the subject's own colour and of
/// what lies behind: the part of the way between the two that it has gone is its alpha.
/// </summary>
internal sealed class AlphaEstimator
{
    private readonly MattingContext _context;
    private readonly RgbaBuffer _pixels;
    private readonly BoundaryBand _band;
    private readonly FineStructurePalette _palette;
    private readonly ForegroundEstimator _foreground;
    private readonly bool _isChromatic;

    internal AlphaEstimator(MattingContext matte)
    {
        (_context, _pixels) = (matte, matte.Pixels);
        _band = new BoundaryBand(matte);
        _palette = new FineStructurePalette(_pixels);
        _foreground = new ForegroundEstimator(_band, _palette);
        _isChromatic = !matte.Background.IsNeutral;
    }

    internal void EstimateAlpha()
    {
        CollectPalette();
        ParallelRows.ForEach(_pixels, _context.Background, (y, row) =>
        {
            for (var place = y * _pixels.Width; place < (y + 1) * _pixels.Width; place++)
            {
                if (_context.Labels[place] == TrimapLabel.Unknown)
                {
                    EstimateAlpha(place, row);
                }
            }
        });
    }

    /// <summary>One row after the other, so that the outcome never depends on which comes first.</summary>
    private void CollectPalette()
    {
        var row = new float[_pixels.Width * 3];
        Span<float> behind = stackalloc float[3];
        Span<float> way = stackalloc float[3];
        for (var y = 0; y < _pixels.Height; y++)
        {
            _context.Background.ColourField.EvaluateRow(y, row);
            for (var x = 0; x < _pixels.Width; x++)
            {
                var place = (y * _pixels.Width) + x;
                if (_context.Labels[place] == TrimapLabel.Unknown && _band.Depth(place) <= _band.SolidDepthSquared)
                {
                    _band.BackgroundAt(place, row, behind);
                    _band.OffsetFromBackground(place, behind, way);
                    _palette.AddOffset(x, y, way, ColourVector.Length(way));
                }
            }
        }
    }

    private void EstimateAlpha(int place, ReadOnlySpan<float> row)
    {
        if (_band.Depth(place) > _band.BandWidthSquared && !_band.HasSpill(place, row.Slice(place % _pixels.Width * 3, 3)))
        {
            var pixel = _pixels.Rgba.AsSpan(place * 4, 3);
            _context.SetPixel(place, pixel[0], pixel[1], pixel[2], 1);
            return;
        }

        Span<float> behind = stackalloc float[3];
        Span<float> way = stackalloc float[3];
        Span<float> full = stackalloc float[3];
        _band.BackgroundAt(place, row, behind);
        _band.OffsetFromBackground(place, behind, way);
        way.CopyTo(full);
        _foreground.EstimateForeground(place, behind, full);
        EstimateMixture(place, behind, way, full);
    }

    private void EstimateMixture(int place, ReadOnlySpan<float> behind, ReadOnlySpan<float> way, ReadOnlySpan<float> full)
    {
        var part = SuppressNoise(Math.Clamp(ColourVector.Dot(way, full) / Math.Max(1, ColourVector.Dot(full, full)), 0, 1), ColourVector.Length(full));
        Span<float> own = stackalloc float[3];
        RecoverForeground(behind, way, full, part, own);
        if (_isChromatic)
        {
            var solid = ForegroundSpill(place, behind);
            SpillSuppression.SuppressSpill(own, behind, solid);
            part = Math.Min(part, SpillSuppression.MaxAlpha(_pixels.Rgba.AsSpan(place * 4, 3), behind, solid));
        }

        WriteOverTranslucent(place, own, part, _band.TranslucentAt(place));
    }

    /// <summary>How much of the backdrop's hue the solid subject nearby has of its own.</summary>
    private float ForegroundSpill(int place, ReadOnlySpan<float> behind)
    {
        var solid = _band.NearestSolid(place);
        return solid < 0 ? 0 : Math.Max(0, SpillSuppression.SpillAmount([_pixels.Rgba[solid * 4], _pixels.Rgba[(solid * 4) + 1], _pixels.Rgba[(solid * 4) + 2]], behind));
    }

    /// <summary>The full colour, plus what of this pixel's own colour the mixture does not explain.</summary>
    private void RecoverForeground(ReadOnlySpan<float> behind, ReadOnlySpan<float> way, ReadOnlySpan<float> full, float part, Span<float> own)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            own[channel] = way[channel] - (part * full[channel]);
        }

        _band.MattingSpace.DiscardChroma(own);
        for (var channel = 0; channel < 3; channel++)
        {
            own[channel] += full[channel];
        }

        _band.MattingSpace.InverseTransform(own);
        for (var channel = 0; channel < 3; channel++)
        {
            own[channel] = Math.Clamp(own[channel] + behind[channel], 0, 255);
        }
    }

    /// <summary>Puts the subject's part over the veil, if there is one.</summary>
    private void WriteOverTranslucent(int place, ReadOnlySpan<float> own, float part, ReadOnlySpan<byte> veil)
    {
        var under = veil.IsEmpty ? 0 : (1 - part) * veil[3] / 255f;
        var alpha = part + under;
        if (under == 0 || alpha == 0)
        {
            _context.SetPixel(place, own[0], own[1], own[2], alpha);
            return;
        }

        _context.SetPixel(
            place,
            ((part * own[0]) + (under * veil[0])) / alpha,
            ((part * own[1]) + (under * veil[1])) / alpha,
            ((part * own[2]) + (under * veil[2])) / alpha,
            alpha);
    }

    /// <summary>Neither a trace of subject in the backdrop's noise nor a trace of backdrop in the subject's.</summary>
    private float SuppressNoise(float part, float length)
    {
        var trace = Math.Min(0.25f, _context.Thresholds.CertainMatch / Math.Max(1, length));
        return Math.Clamp((part - trace) / (1 - (1.6f * trace)), 0, 1);
    }
}
