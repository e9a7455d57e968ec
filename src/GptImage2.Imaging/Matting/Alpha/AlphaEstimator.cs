using System.Numerics;
using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Matting.Background;

namespace GptImage2.Imaging.Matting.Alpha;

/// <summary>
/// Third stage: the subject. Deep inside it is opaque. Near its outline a pixel may be a mixture of a foreground and a background colour: alpha
/// is the projection of the pixel onto the line between the two, as in Chuang et al., "A Bayesian Approach to Digital Matting" (2001).
/// </summary>
internal sealed class AlphaEstimator
{
    private const float MinSolidAlpha = 0.8f;

    /// <summary>What a lossy codec leaves of full opacity, in thin things.</summary>
    private const float MaxLossyAlpha = 0.93f;

    /// <summary>Of the backdrop's chroma, what is seen of it in front of anything: less is no line.</summary>
    private const float MinRimSpill = 0.08f;

    /// <summary>A rim may be tinted more than glass: so many times as much as noise makes of grey.</summary>
    private const float RimTint = 4;

    /// <summary>A subject with more of that hue has it at its edge, too; one of the opposite hue hides it there.</summary>
    private const float MaxInnerSpill = 0.1f;
    private const float MinInnerSpill = -0.3f;

    private readonly MattingContext _context;
    private readonly RgbaBuffer _pixels;
    private readonly BoundaryBand _band;
    private readonly FineStructurePalette _palette;
    private readonly ForegroundEstimator _foreground;
    private readonly bool _isChromatic;
    private readonly float _rimTolerance;

    internal AlphaEstimator(MattingContext context)
    {
        (_context, _pixels) = (context, context.Pixels);
        _band = new BoundaryBand(context);
        _palette = new FineStructurePalette(_pixels);
        _foreground = new ForegroundEstimator(_band, _palette);
        _isChromatic = !context.Background.IsNeutral;
        _rimTolerance = RimTint * GreyMixture.Tolerance(context.Thresholds);
    }

    internal void EstimateAlpha()
    {
        CollectPalette();
        _context.ForEachPixel(TrimapLabel.Unknown, EstimateAlpha);
        _context.ForEachPixel(TrimapLabel.Enclosed, (index, _) => _context.SetPixel(index, _pixels.ColourAt(index), 1));
    }

    /// <summary>Sequential, so that the result does not depend on the order of rows.</summary>
    private void CollectPalette()
    {
        var row = new Vector3[_pixels.Width];
        for (var y = 0; y < _pixels.Height; y++)
        {
            _context.Background.ColourField.EvaluateRow(y, row);
            for (var x = 0; x < _pixels.Width; x++)
            {
                var index = (y * _pixels.Width) + x;
                if (_context.Labels[index] == TrimapLabel.Unknown && _band.Depth(index) <= _band.SolidDepthSquared)
                {
                    _palette.AddOffset(x, y, _band.OffsetFromBackground(index, _band.BackgroundAt(index, row[x])));
                }
            }
        }
    }

    private void EstimateAlpha(int index, Vector3 bareBackground)
    {
        if (_band.Depth(index) > _band.BandWidthSquared && !_band.HasSpill(index, bareBackground))
        {
            _context.SetPixel(index, _pixels.ColourAt(index), 1);
            return;
        }

        var background = _band.BackgroundAt(index, bareBackground);
        var offset = _band.OffsetFromBackground(index, background);
        EstimateMixture(index, background, offset, _foreground.EstimateForeground(index, background, offset));
    }

    private void EstimateMixture(int index, Vector3 background, Vector3 offset, Vector3 foreground)
    {
        var alpha = SuppressNoise(Math.Clamp(Vector3.Dot(offset, foreground) / Math.Max(1, foreground.LengthSquared()), 0, 1), foreground.Length());
        var colour = RecoverForeground(background, offset, foreground, alpha);
        if (_isChromatic)
        {
            var solid = ForegroundSpill(index, background);
            colour = SpillSuppression.SuppressSpill(colour, background, solid);
            alpha = Math.Min(alpha, SpillSuppression.MaxAlpha(_pixels.ColourAt(index), background, solid));
            (colour, alpha) = SolveRim(index, background, colour, alpha);
        }

        // Further inside than a lossy codec smears an edge, what is nearly opaque is.
        alpha = _band.IsLossy && alpha > MinSolidAlpha && _band.Depth(index) > _band.SolidDepthSquared ? 1 : alpha;
        WriteOverTranslucent(index, colour, alpha, _band.TranslucentAt(index));
    }

    /// <summary>
    /// A soft rim that is darker or lighter than the subject looks like a line of the backdrop's own hue around it. Where the subject itself has
    /// none of that hue, it is something grey in front of the backdrop.
    /// </summary>
    private (Vector3 Colour, float Alpha) SolveRim(int index, Vector3 background, Vector3 colour, float alpha)
    {
        if (SpillSuppression.SpillAmount(colour, background) * alpha < MinRimSpill
            || _band.FindInner(index) is not (>= 0 and var inner)
            || SpillSuppression.SpillAmount(_pixels.ColourAt(inner), background) is < MinInnerSpill or > MaxInnerSpill)
        {
            return (colour, alpha);
        }

        var pixel = _pixels.ColourAt(index);
        return GreyMixture.FindTransmission(pixel, background, _rimTolerance) is > 0 and var transmission
            ? (new Vector3(GreyMixture.FindGrey(pixel, background, transmission)), Math.Clamp(1 - transmission, 0, 1))
            : (colour, alpha);
    }

    /// <summary>How much of the background's hue the nearest solid pixel of the subject has itself.</summary>
    private float ForegroundSpill(int index, Vector3 background) =>
        _band.NearestSolid(index) is >= 0 and var solid ? Math.Max(0, SpillSuppression.SpillAmount(_pixels.ColourAt(solid), background)) : 0;

    /// <summary>The foreground colour plus the residual of this pixel that the mixture does not explain.</summary>
    private Vector3 RecoverForeground(Vector3 background, Vector3 offset, Vector3 foreground, float alpha)
    {
        var residual = _band.MattingSpace.DiscardChroma(offset - (alpha * foreground));
        return ColourVector.ClampToLevels(_band.MattingSpace.InverseTransform(residual + foreground) + background);
    }

    /// <summary>Composites the foreground over the translucent area behind it, if there is one (Porter and Duff's "over").</summary>
    private void WriteOverTranslucent(int index, Vector3 colour, float alpha, ReadOnlySpan<byte> translucent)
    {
        var below = translucent.IsEmpty ? 0 : (1 - alpha) * translucent[3] / 255f;
        var total = alpha + below;
        var composed = below == 0 || total == 0 ? colour : ((alpha * colour) + (below * new Vector3(translucent[0], translucent[1], translucent[2]))) / total;
        _context.SetPixel(index, composed, total);
    }

    /// <summary>Clamps alpha near 0 and 1, so that noise leaves no trace of the subject in the background or of the background in the subject.</summary>
    private float SuppressNoise(float alpha, float length)
    {
        var margin = Math.Min(0.25f, _context.Thresholds.CertainMatch / Math.Max(1, length));
        var top = _band.IsLossy ? MaxLossyAlpha : 1;
        return Math.Clamp((alpha - margin) / (top - (1.6f * margin)), 0, 1);
    }
}
