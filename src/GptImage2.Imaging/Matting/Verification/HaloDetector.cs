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
    private const double MinLean = 0.2;

    private const int MinCrossings = 60;

    /// <summary>Of the edge that must tell anything, for the rest to be like it: where little of a subject differs from the backdrop, it may be a highlight.</summary>
    private const double MinTelling = 1 / 3.0;

    /// <summary>How bright the channels look (ITU-R BT.709).</summary>
    private static readonly Vector3 Luma = new(0.2126f, 0.7152f, 0.0722f);

    private readonly List<float> _leans = [];
    private float _brighter;
    private int _crossings;

    internal static CutoutFinding? Find(RgbaBuffer cutout, RgbaBuffer original, CutoutProfile profile)
    {
        var detector = new HaloDetector(cutout, original);
        detector.CrossEdges();
        return detector.Judge(profile is CutoutProfile.Product ? 0.45 : 0.55);
    }

    private CutoutFinding? Judge(double mostOfEdge)
    {
        var rims = _leans.Count(lean => lean >= MinLean);
        return _leans.Count < MinCrossings || _leans.Count < MinTelling * _crossings || rims < mostOfEdge * _leans.Count ? null : new CutoutFinding(CutoutFindingKind.Halo)
        {
            Share = Math.Round((double)rims / _leans.Count, 3),
            Light = _brighter > 0,
        };
    }

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

        var rim = MeasureRim(index, step, width);

        var lean = Vector3.Dot(rim - subject, towards) / towards.LengthSquared();
        _leans.Add(lean);
        _brighter += lean >= MinLean ? Vector3.Dot(towards, Luma) : 0;
    }

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
