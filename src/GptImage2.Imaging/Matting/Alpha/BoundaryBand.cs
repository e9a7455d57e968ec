using System.Numerics;
using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Matting.Background;

namespace GptImage2.Imaging.Matting.Alpha;

/// <summary>The band along the outline of the subject: the depth of each pixel, the background colour behind it, and its offset from that colour.</summary>
internal sealed class BoundaryBand
{
    private const float MinSpill = 0.1f;

    /// <summary>The same further inside, where light of the backdrop on the subject is likelier than a gap.</summary>
    private const float MinDeepSpill = 0.35f;
    private readonly MattingContext _context;
    private readonly NearestFeatureTransform _nearestOutside;
    private readonly NearestFeatureTransform _nearestSolid;

    internal BoundaryBand(MattingContext context)
    {
        _context = context;
        var isLossy = context.Thresholds.IsLossy;
        MattingSpace = new MattingColourSpace(isLossy);
        (SolidDepthSquared, RimSquared) = isLossy ? (30, 25) : (6, 5);
        var bandWidth = Math.Clamp(context.Pixels.ShorterEdge / 96, isLossy ? 9 : 5, 20);
        (BandWidth, BandWidthSquared) = (bandWidth, bandWidth * bandWidth);
        MinDirectionLength = (float)Math.Max(isLossy ? 20 : 6, 4 * context.Thresholds.Noise);
        LineTolerance = (float)((isLossy ? 12 : 5) + (2 * context.Thresholds.Noise));
        RelativeLineTolerance = isLossy ? 0.15f : 0.02f;
        _nearestOutside = new NearestFeatureTransform(context.Labels, TrimapLabel.Background | TrimapLabel.Translucent, context.Pixels.Width);
        _nearestSolid = new NearestFeatureTransform(LabelSolid(), TrimapLabel.Unknown, context.Pixels.Width);
    }

    internal RgbaBuffer Pixels => _context.Pixels;

    internal MattingColourSpace MattingSpace { get; }

    internal bool IsLossy => _context.Thresholds.IsLossy;

    /// <summary>Depth in pixels, squared, beyond which a pixel shows the subject's own colour.</summary>
    internal int SolidDepthSquared { get; }

    /// <summary>Depth in pixels, squared, up to which a pixel may be a mixture although no inward climb explains it.</summary>
    internal int RimSquared { get; }

    /// <summary>Depth in pixels beyond which everything is solid: the widest blur of an edge.</summary>
    internal int BandWidth { get; }

    internal int BandWidthSquared { get; }

    /// <summary>Length in levels below which an offset has no reliable direction.</summary>
    internal float MinDirectionLength { get; }

    /// <summary>Largest distance of a mixture from the line between its two colours, in levels.</summary>
    internal float LineTolerance { get; }

    /// <summary>The same, relative to the length of the offset; added to <see cref="LineTolerance"/>.</summary>
    internal float RelativeLineTolerance { get; }

    /// <summary>Squared distance in pixels to the nearest background or translucent pixel.</summary>
    internal int Depth(int index) => _nearestOutside.SquaredDistance(index);

    /// <summary>The pixel as far inside as the band is wide, straight away from the nearest one outside; -1 where the subject is thinner or ends.</summary>
    internal int FindInner(int index)
    {
        if (_nearestOutside.NearestIndex(index) is not (>= 0 and var outside))
        {
            return -1;
        }

        var ((top, left), (y, x)) = (Math.DivRem(outside, Pixels.Width), Math.DivRem(index, Pixels.Width));
        var stretch = (BandWidth + 1) / Math.Sqrt(Math.Max(1, Depth(index)));
        var (innerX, innerY) = ((int)Math.Round(left + ((x - left) * stretch)), (int)Math.Round(top + ((y - top) * stretch)));
        var inner = innerX < 0 || innerX >= Pixels.Width || innerY < 0 || innerY >= Pixels.Height ? -1 : (innerY * Pixels.Width) + innerX;
        return inner >= 0 && Depth(inner) > SolidDepthSquared ? inner : -1;
    }

    /// <summary>Index of the nearest solid pixel of the subject, or -1.</summary>
    internal int NearestSolid(int index) => _nearestSolid.NearestIndex(index);

    /// <summary>Colour and alpha of the translucent area behind a pixel; empty in front of the bare background.</summary>
    internal ReadOnlySpan<byte> TranslucentAt(int index) => NearestTranslucent(index) is >= 0 and var translucent ? _context.Result.AsSpan(translucent * 4, 4) : [];

    /// <summary>The colour that the pixel would show without the subject: of the background or of the nearest translucent pixel.</summary>
    internal Vector3 BackgroundAt(int index, Vector3 bare) => NearestTranslucent(index) is >= 0 and var translucent ? Pixels.ColourAt(translucent) : bare;

    internal Vector3 OffsetFromBackground(int index, Vector3 background) => MattingSpace.Transform(Pixels.ColourAt(index) - background);

    /// <summary>The square window around a pixel, clipped to the image; all edges inclusive.</summary>
    internal (int Left, int Top, int Right, int Bottom) GetNeighbourhood(int index, int radius)
    {
        var (x, y) = (index % Pixels.Width, index / Pixels.Width);
        return (Math.Max(0, x - radius), Math.Max(0, y - radius), Math.Min(Pixels.Width - 1, x + radius), Math.Min(Pixels.Height - 1, y + radius));
    }

    /// <summary>Whether a pixel, however deep, has so much of a chroma-key background's hue that background may show between strands there.</summary>
    internal bool HasSpill(int index, Vector3 background) =>
        !_context.Background.IsNeutral && SpillSuppression.SpillAmount(Pixels.ColourAt(index), background) > (Depth(index) > BandWidthSquared ? MinDeepSpill : MinSpill);

    private int NearestTranslucent(int index) => _nearestOutside.NearestIndex(index) is >= 0 and var nearest && _context.Labels[nearest] == TrimapLabel.Translucent ? nearest : -1;

    private TrimapLabel[] LabelSolid() =>
        [.. Enumerable.Range(0, Pixels.PixelCount).Select(index => Depth(index) > SolidDepthSquared ? TrimapLabel.Unknown : TrimapLabel.Background)];
}
