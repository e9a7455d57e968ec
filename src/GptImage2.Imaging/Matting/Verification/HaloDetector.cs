using System.Numerics;
using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Verification;

/// <summary>
/// Finds a rim of the old backdrop. The edge is crossed from outside to inside: what lies between the backdrop, whose colour the original has, and
/// the solid subject some pixels further in should have the subject's colour, however transparent it is. A halo has the backdrop's.
/// </summary>
internal sealed class HaloDetector(RgbaBuffer cutout, RgbaBuffer original)
{
    private const byte Outside = 8;
    private const byte Solid = 235;

    /// <summary>Widest edge that is crossed, in pixels: what is softer is fur, a shadow or a glow.</summary>
    private const int MaxWidth = 6;

    /// <summary>How far inside of the edge the subject has its own colour, in pixels.</summary>
    private const int Depth = 4;

    /// <summary>Where subject and backdrop differ by less, in levels of their distance, nobody sees a rim.</summary>
    private const float MinContrast = 70;

    /// <summary>How far the subject's colour may change over the next pixels inside, as a share of its distance from the backdrop's: a shaded edge is no rim.</summary>
    private const float MaxShading = 0.25f;

    /// <summary>How far a colour leans to the backdrop's, 0 to 1, from where on it is a rim.</summary>
    private const double MinLean = 0.3;

    /// <summary>The same in levels: less is noise.</summary>
    private const float MinLevels = 20;

    /// <summary>Cosine between the way from the subject's colour to the rim's and that to the backdrop's: an edge that is darker by itself points elsewhere.</summary>
    private const float MinAlignment = 0.85f;

    /// <summary>By how many levels the backdrop's chroma differs from the subject's, from where on it tells.</summary>
    private const float MinChroma = 60;

    private const int MinCrossings = 60;

    /// <summary>Of the edge that must tell anything, for the rest to be like it: where little of a subject differs from the backdrop, it may be a highlight.</summary>
    private const double MinTelling = 1 / 3.0;

    /// <summary>How bright the channels look (ITU-R BT.709).</summary>
    private static readonly Vector3 Luma = new(0.2126f, 0.7152f, 0.0722f);

    private int _judged;
    private int _rims;
    private float _brighter;
    private int _crossings;

    internal static CutoutFinding? Find(RgbaBuffer cutout, RgbaBuffer original, CutoutProfile profile)
    {
        var detector = new HaloDetector(cutout, original);
        detector.CrossEdges();
        return detector.Judge(profile is CutoutProfile.Product ? 0.5 : 0.6);
    }

    private CutoutFinding? Judge(double mostOfEdge) =>
        _judged < MinCrossings || _judged < MinTelling * _crossings || _rims < mostOfEdge * _judged ? null : new CutoutFinding(CutoutFindingKind.Halo)
        {
            Share = Math.Round((double)_rims / _judged, 3),
            Light = _brighter > 0,
        };

    private void CrossEdges()
    {
        for (var y = 0; y < cutout.Height; y++)
        {
            for (var x = 0; x < cutout.Width; x++)
            {
                if (Alpha((y * cutout.Width) + x) <= Outside)
                {
                    Cross(x, y, 1, 0);
                    Cross(x, y, -1, 0);
                    Cross(x, y, 0, 1);
                    Cross(x, y, 0, -1);
                }
            }
        }
    }

    /// <summary>From the last pixel outside.</summary>
    private void Cross(int x, int y, int dx, int dy)
    {
        var room = MaxWidth + (2 * Depth) + 1;
        if (!IsInside(x - (2 * dx), y - (2 * dy)) || !IsInside(x + (room * dx), y + (room * dy)))
        {
            return;
        }

        var (index, step) = ((y * cutout.Width) + x, (dy * cutout.Width) + dx);
        if (Alpha(index + step) <= Outside)
        {
            return;
        }

        var width = 1;
        while (width <= MaxWidth && Alpha(index + (width * step)) < Solid)
        {
            width++;
        }

        if (width > MaxWidth || Alpha(index - step) > Outside || Alpha(index - (2 * step)) > Outside)
        {
            return;
        }

        _crossings++;
        AddLean(index, step, width);
    }

    private void AddLean(int index, int step, int width)
    {
        for (var i = width + 1; i <= width + Depth; i++)
        {
            if (Alpha(index + (i * step)) < Solid)
            {
                return;
            }
        }

        var (inner, deeper) = (index + ((width + Depth) * step), index + ((width + (2 * Depth)) * step));
        var subject = cutout.ColourAt(inner);
        var towards = ((original.ColourAt(index - step) + original.ColourAt(index - (2 * step))) / 2) - subject;
        var shading = Alpha(deeper) < Solid ? Vector3.Zero : cutout.ColourAt(deeper) - subject;
        if (towards.Length() < MinContrast || shading.Length() > MaxShading * towards.Length())
        {
            return;
        }

        var change = MeasureRim(index, step, width) - subject;
        var lean = Vector3.Dot(change, towards) / towards.Length();
        var isRim = lean >= MinLean * towards.Length() && lean >= MinLevels && lean >= MinAlignment * change.Length() && LeansInChroma(change, towards);
        _judged++;
        _rims += isRim ? 1 : 0;
        _brighter += isRim ? Vector3.Dot(towards, Luma) : 0;
    }

    /// <summary>A dark outline in front of a dark blue backdrop points the same way, but has none of its chroma.</summary>
    private static bool LeansInChroma(Vector3 change, Vector3 towards) =>
        towards.Chroma.Length() < MinChroma || Vector3.Dot(change.Chroma, towards.Chroma) >= MinLean * towards.Chroma.LengthSquared();

    /// <summary>The mean colour of what is partly transparent, or of the first pixel where nothing is.</summary>
    private Vector3 MeasureRim(int index, int step, int width)
    {
        var (rim, weight) = (Vector3.Zero, 0f);
        for (var i = 1; i <= Math.Max(1, width - 1); i++)
        {
            var alpha = Alpha(index + (i * step));
            rim += cutout.ColourAt(index + (i * step)) * alpha;
            weight += alpha;
        }

        return rim / weight;
    }

    private bool IsInside(int x, int y) => (uint)x < (uint)cutout.Width && (uint)y < (uint)cutout.Height;

    private byte Alpha(int index) => cutout.Rgba[(index * 4) + 3];
}
