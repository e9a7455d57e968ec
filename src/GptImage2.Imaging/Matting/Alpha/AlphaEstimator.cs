using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Matting.Background;

namespace GptImage2.Imaging.Matting.Alpha;

/// <summary>
/// Third stage: the subject. Deep inside it is opaque. Near its outline a pixel may be a mixture of a foreground and a background colour: alpha
/// is the projection of the pixel onto the line between the two, as in Chuang et al., "A Bayesian Approach to Digital Matting" (2001).
/// </summary>
internal sealed class AlphaEstimator
{
    private readonly MattingContext _context;
    private readonly RgbaBuffer _pixels;
    private readonly BoundaryBand _band;
    private readonly FineStructurePalette _palette;
    private readonly ForegroundEstimator _foreground;
    private readonly bool _isChromatic;

    internal AlphaEstimator(MattingContext context)
    {
        (_context, _pixels) = (context, context.Pixels);
        _band = new BoundaryBand(context);
        _palette = new FineStructurePalette(_pixels);
        _foreground = new ForegroundEstimator(_band, _palette);
        _isChromatic = !context.Background.IsNeutral;
    }

    internal void EstimateAlpha()
    {
        CollectPalette();
        ParallelRows.ForEach(_pixels, _context.Background, (y, row) =>
        {
            for (var index = y * _pixels.Width; index < (y + 1) * _pixels.Width; index++)
            {
                if (_context.Labels[index] == TrimapLabel.Unknown)
                {
                    EstimateAlpha(index, row);
                }
            }
        });
    }

    /// <summary>Sequential, so that the result does not depend on the order of rows.</summary>
    private void CollectPalette()
    {
        var row = new float[_pixels.Width * 3];
        Span<float> background = stackalloc float[3];
        Span<float> offset = stackalloc float[3];
        for (var y = 0; y < _pixels.Height; y++)
        {
            _context.Background.ColourField.EvaluateRow(y, row);
            for (var x = 0; x < _pixels.Width; x++)
            {
                var index = (y * _pixels.Width) + x;
                if (_context.Labels[index] == TrimapLabel.Unknown && _band.Depth(index) <= _band.SolidDepthSquared)
                {
                    _band.BackgroundAt(index, row, background);
                    _band.OffsetFromBackground(index, background, offset);
                    _palette.AddOffset(x, y, offset, ColourVector.Length(offset));
                }
            }
        }
    }

    private void EstimateAlpha(int index, ReadOnlySpan<float> row)
    {
        if (_band.Depth(index) > _band.BandWidthSquared && !_band.HasSpill(index, row.Slice(index % _pixels.Width * 3, 3)))
        {
            var pixel = _pixels.Rgba.AsSpan(index * 4, 3);
            _context.SetPixel(index, pixel[0], pixel[1], pixel[2], 1);
            return;
        }

        Span<float> background = stackalloc float[3];
        Span<float> offset = stackalloc float[3];
        Span<float> foreground = stackalloc float[3];
        _band.BackgroundAt(index, row, background);
        _band.OffsetFromBackground(index, background, offset);
        offset.CopyTo(foreground);
        _foreground.EstimateForeground(index, background, foreground);
        EstimateMixture(index, background, offset, foreground);
    }

    private void EstimateMixture(int index, ReadOnlySpan<float> background, ReadOnlySpan<float> offset, ReadOnlySpan<float> foreground)
    {
        var alpha = SuppressNoise(Math.Clamp(ColourVector.Dot(offset, foreground) / Math.Max(1, ColourVector.Dot(foreground, foreground)), 0, 1), ColourVector.Length(foreground));
        Span<float> colour = stackalloc float[3];
        RecoverForeground(background, offset, foreground, alpha, colour);
        if (_isChromatic)
        {
            var solid = ForegroundSpill(index, background);
            SpillSuppression.SuppressSpill(colour, background, solid);
            alpha = Math.Min(alpha, SpillSuppression.MaxAlpha(_pixels.Rgba.AsSpan(index * 4, 3), background, solid));
        }

        WriteOverTranslucent(index, colour, alpha, _band.TranslucentAt(index));
    }

    /// <summary>How much of the background's hue the nearest solid pixel of the subject has itself.</summary>
    private float ForegroundSpill(int index, ReadOnlySpan<float> background)
    {
        var solid = _band.NearestSolid(index);
        return solid < 0 ? 0 : Math.Max(0, SpillSuppression.SpillAmount([_pixels.Rgba[solid * 4], _pixels.Rgba[(solid * 4) + 1], _pixels.Rgba[(solid * 4) + 2]], background));
    }

    /// <summary>The foreground colour plus the residual of this pixel that the mixture does not explain.</summary>
    private void RecoverForeground(ReadOnlySpan<float> background, ReadOnlySpan<float> offset, ReadOnlySpan<float> foreground, float alpha, Span<float> colour)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            colour[channel] = offset[channel] - (alpha * foreground[channel]);
        }

        _band.MattingSpace.DiscardChroma(colour);
        for (var channel = 0; channel < 3; channel++)
        {
            colour[channel] += foreground[channel];
        }

        _band.MattingSpace.InverseTransform(colour);
        for (var channel = 0; channel < 3; channel++)
        {
            colour[channel] = Math.Clamp(colour[channel] + background[channel], 0, 255);
        }
    }

    /// <summary>Composites the foreground over the translucent area behind it, if there is one (Porter and Duff's "over").</summary>
    private void WriteOverTranslucent(int index, ReadOnlySpan<float> colour, float alpha, ReadOnlySpan<byte> translucent)
    {
        var below = translucent.IsEmpty ? 0 : (1 - alpha) * translucent[3] / 255f;
        var total = alpha + below;
        if (below == 0 || total == 0)
        {
            _context.SetPixel(index, colour[0], colour[1], colour[2], total);
            return;
        }

        _context.SetPixel(
            index,
            ((alpha * colour[0]) + (below * translucent[0])) / total,
            ((alpha * colour[1]) + (below * translucent[1])) / total,
            ((alpha * colour[2]) + (below * translucent[2])) / total,
            total);
    }

    /// <summary>Clamps alpha near 0 and 1, so that noise leaves no trace of the subject in the background or of the background in the subject.</summary>
    private float SuppressNoise(float alpha, float length)
    {
        var margin = Math.Min(0.25f, _context.Thresholds.CertainMatch / Math.Max(1, length));
        return Math.Clamp((alpha - margin) / (1 - (1.6f * margin)), 0, 1);
    }
}
