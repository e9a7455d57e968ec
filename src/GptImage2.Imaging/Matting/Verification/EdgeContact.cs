using GptImage2.Imaging.Matting.Inspection;

namespace GptImage2.Imaging.Matting.Verification;

/// <summary>Finds where the subject runs out of the image: it is cropped there, and must be placed so.</summary>
internal static class EdgeContact
{
    /// <summary>A shadow that runs out is none.</summary>
    private const byte Solid = 128;

    /// <summary>Of what is see-through itself.</summary>
    private const byte Faint = 64;

    /// <summary>Of the largest thing's pixels: what has less is no subject, but what is left of a backdrop.</summary>
    private const double MinThing = 0.05;

    internal static CutoutFinding? Find(ThingMap map, CutoutProfile profile)
    {
        var (width, height) = (map.Plane.Size.Width, map.Plane.Size.Height);
        var least = profile is CutoutProfile.Translucent ? Faint : Solid;
        var minPixels = MinThing * map.Things.Select(thing => thing.Pixels).DefaultIfEmpty(0).Max();
        var borders = new List<BorderContact>();
        Measure(ImageEdges.Top, width, i => (i, 0));
        Measure(ImageEdges.Right, height, i => (width - 1, i));
        Measure(ImageEdges.Bottom, width, i => (i, height - 1));
        Measure(ImageEdges.Left, height, i => (0, i));
        return borders is [] ? null : new CutoutFinding(CutoutFindingKind.EdgeContact) { Borders = borders };

        void Measure(ImageEdges edge, int length, Func<int, (int X, int Y)> place)
        {
            var (count, run, longest) = (0, 0, 0);
            for (var i = 0; i < length; i++)
            {
                var (x, y) = place(i);
                run = map.Plane.Alpha[(y * width) + x] >= least && map.At(x, y)?.Pixels >= minPixels ? run + 1 : 0;
                (count, longest) = (count + (run > 0 ? 1 : 0), Math.Max(longest, run));
            }

            if (longest >= ForegroundStatistics.ShortestContact(length))
            {
                borders.Add(new BorderContact(edge, Math.Round((double)count / length, 3)));
            }
        }
    }
}
