using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Matting.Background;

namespace GptImage2.Imaging.Matting.Alpha;

/// <summary>Where the subject ends: how deep inside each pixel lies, what is behind it, and how far its colour is from that.</summary>
internal sealed class BoundaryBand
{
    private const float MinSpill = 0.1f;
    private readonly MattingContext _context;
    private readonly MattingColourSpace _space;
    private readonly NearestFeatureTransform _nearestOutside;
    private readonly NearestFeatureTransform _nearestSolid;

    internal BoundaryBand(MattingContext matte)
    {
        _context = matte;
        var lossy = matte.Thresholds.IsLossy;
        _space = new MattingColourSpace(lossy);
        (SolidDepthSquared, RimSquared) = lossy ? (30, 25) : (6, 5);
        var band = Math.Clamp(matte.Pixels.ShorterEdge / 96, lossy ? 9 : 5, 20);
        (BandWidth, BandWidthSquared) = (band, band * band);
        MinDirectionLength = (float)Math.Max(lossy ? 20 : 6, 4 * matte.Thresholds.Noise);
        LineTolerance = (float)((lossy ? 12 : 5) + (2 * matte.Thresholds.Noise));
        RelativeLineTolerance = lossy ? 0.15f : 0.02f;
        _nearestOutside = NearestFeatureTransform.Compute(matte.Labels, TrimapLabel.Background | TrimapLabel.Translucent, matte.Pixels.Width);
        _nearestSolid = NearestFeatureTransform.Compute(LabelSolid(), TrimapLabel.Unknown, matte.Pixels.Width);
    }

    internal RgbaBuffer Pixels => _context.Pixels;

    internal MattingColourSpace MattingSpace => _space;

    internal bool IsLossy => _context.Thresholds.IsLossy;

    /// <summary>From this depth on (in pixels, squared) a pixel is the subject's own colour.</summary>
    internal int SolidDepthSquared { get; }

    /// <summary>Up to this depth (in pixels, squared) a pixel may be a mixture that no climb explains.</summary>
    internal int RimSquared { get; }

    /// <summary>Deeper than this, in pixels, everything is solid: the widest blur of an edge.</summary>
    internal int BandWidth { get; }

    internal int BandWidthSquared { get; }

    /// <summary>A shorter way than this, in levels, has no sure direction.</summary>
    internal float MinDirectionLength { get; }

    /// <summary>How far a mixture may miss the line between its two colours, in levels.</summary>
    internal float LineTolerance { get; }

    /// <summary>The same, as part of how far it has gone.</summary>
    internal float RelativeLineTolerance { get; }

    /// <summary>Distance from the nearest pixel that is backdrop or veil, squared.</summary>
    internal int Depth(int place) => _nearestOutside.SquaredDistance(place);

    /// <summary>The nearest pixel of the subject's own colour, or -1.</summary>
    internal int NearestSolid(int place) => _nearestSolid.NearestIndex(place);

    /// <summary>Colour and alpha of the veil that a pixel is in front of; nothing in front of the bare backdrop.</summary>
    internal ReadOnlySpan<byte> TranslucentAt(int place) => NearestTranslucent(place) is >= 0 and var veil ? _context.Result.AsSpan(veil * 4, 4) : [];

    /// <summary>What the pixel would show without the subject: the backdrop, or the veil beside it.</summary>
    internal void BackgroundAt(int place, ReadOnlySpan<float> row, Span<float> behind)
    {
        if (NearestTranslucent(place) is >= 0 and var veil)
        {
            var pixel = Pixels.Rgba.AsSpan(veil * 4, 3);
            (behind[0], behind[1], behind[2]) = (pixel[0], pixel[1], pixel[2]);
            return;
        }

        row.Slice(place % Pixels.Width * 3, 3).CopyTo(behind);
    }

    internal void OffsetFromBackground(int place, ReadOnlySpan<float> from, Span<float> way)
    {
        var pixel = Pixels.Rgba.AsSpan(place * 4, 3);
        (way[0], way[1], way[2]) = (pixel[0] - from[0], pixel[1] - from[1], pixel[2] - from[2]);
        _space.Transform(way);
    }

    /// <summary>The square of pixels around a place, cut at the picture's edges.</summary>
    internal (int Left, int Top, int Right, int Bottom) GetNeighbourhood(int place, int reach)
    {
        var (x, y) = (place % Pixels.Width, place / Pixels.Width);
        return (Math.Max(0, x - reach), Math.Max(0, y - reach), Math.Min(Pixels.Width - 1, x + reach), Math.Min(Pixels.Height - 1, y + reach));
    }

    /// <summary>
    /// Whether a pixel, however deep, has so much of a coloured backdrop's hue that some of the backdrop may show between strands there.
    /// </summary>
    internal bool HasSpill(int place, ReadOnlySpan<float> behind)
    {
        var pixel = Pixels.Rgba.AsSpan(place * 4, 3);
        return !_context.Background.IsNeutral && SpillSuppression.SpillAmount([pixel[0], pixel[1], pixel[2]], behind) > MinSpill;
    }

    private int NearestTranslucent(int place) => _nearestOutside.NearestIndex(place) is >= 0 and var nearest && _context.Labels[nearest] == TrimapLabel.Translucent ? nearest : -1;

    private TrimapLabel[] LabelSolid()
    {
        var thick = new TrimapLabel[Pixels.PixelCount];
        for (var place = 0; place < thick.Length; place++)
        {
            thick[place] = Depth(place) > SolidDepthSquared ? TrimapLabel.Unknown : TrimapLabel.Background;
        }

        return thick;
    }
}
