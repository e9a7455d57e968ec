namespace GptImage2.Imaging.Matting.Verification;

/// <summary>Finds specks: things of hardly any pixels, away from everything else.</summary>
internal static class StrayPixels
{
    /// <summary>The most pixels of a speck, of all: 8x8 of a megapixel.</summary>
    private const double MaxShare = 0.00006;

    /// <summary>In small images, pixels.</summary>
    private const int MinLimit = 9;

    /// <summary>A subject has at least so many times the pixels of the largest speck.</summary>
    private const int MinSubject = 25;

    /// <summary>Alpha that a speck has somewhere; less is seen by nobody.</summary>
    private const byte Visible = 64;

    internal static CutoutFinding? Find(ThingMap map, CutoutProfile profile)
    {
        // Beside flat shapes, four times of that is a speck still.
        var limit = Math.Max(MinLimit, MaxShare * map.Plane.Alpha.Length) * (profile is CutoutProfile.Icon ? 4 : 1);
        if (map.Things.Count == 0 || map.Things.Max(thing => thing.Pixels) < limit * MinSubject)
        {
            return null;
        }

        PixelArea[] specks =
        [
            .. from thing in map.Things
               where thing.Pixels <= limit
               orderby thing.Pixels descending
               let box = map.BoxOf(thing)
               where profile is CutoutProfile.Icon || IsSeen(map.Plane, box)
               select box,
        ];
        return specks is [] ? null : new CutoutFinding(CutoutFindingKind.StrayPixels) { Count = specks.Length, Area = specks[0] };
    }

    private static bool IsSeen(AlphaPlane plane, PixelArea box)
    {
        for (var y = box.Top; y < box.Bottom; y++)
        {
            if (plane.Alpha.AsSpan((y * plane.Size.Width) + box.Left, box.Size.Width).ContainsAnyInRange(Visible, byte.MaxValue))
            {
                return true;
            }
        }

        return false;
    }
}
