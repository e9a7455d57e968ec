namespace GptImage2.Imaging.Matting;

/// <summary>
/// Finds the subject's own colour at a pixel near its outline, as the way there from what lies behind. It climbs inwards for as long as
/// the colour moves on in the same direction. Where that leads nowhere, a strand too thin to be solid takes the colour of a solid part
/// or of the fullest strand nearby that it can be a fainter version of, and a stray pixel that of the neighbour which explains it best.
/// </summary>
internal sealed class OwnColours(Outline outline, Strands strands)
{
    /// <summary>A step that adds less than this has arrived.</summary>
    private const float Growth = 0.06f;

    private const float FarFuller = 1.2f;

    /// <summary>In pixels, to each side.</summary>
    private const int SearchReach = 4;

    /// <summary>Makes of a pixel's way the whole way to the subject's own colour; unchanged where the pixel is that colour, nothing where it is noise.</summary>
    internal void Find(int place, ReadOnlySpan<float> behind, Span<float> full)
    {
        var length = ColourLine.Length(full);
        if (Climb(place, behind, full))
        {
            Widen(place, behind, full);
        }

        if (ColourLine.Length(full) == length && (outline.Depth(place) <= outline.RimSquared || outline.IsTainted(place, behind)))
        {
            Search(place, behind, full);
        }
    }

    /// <summary>True where the end of the climb is still thin.</summary>
    private bool Climb(int place, ReadOnlySpan<float> behind, Span<float> full)
    {
        Span<float> way = stackalloc float[3];
        var length = ColourLine.Length(full);
        for (var (step, misses) = (0, 0); step < outline.Band && misses < 2; step++)
        {
            var next = Inwards(place, behind, full, way);
            if (next < 0)
            {
                return outline.Depth(place) <= outline.ThickSquared;
            }

            place = next;
            var reached = ColourLine.Length(way);
            if (length >= outline.Faint && !IsAlong(full, length, way, reached))
            {
                break;
            }

            var grows = reached > (length * (1 + Growth)) + 1;
            if (grows || (outline.IsLossy && reached > length * (1 - Growth)))
            {
                // A lossy codec's colours are surer deeper inside, even where they are no stronger.
                way.CopyTo(full);
            }

            (length, misses) = grows ? (reached, 0) : (length, misses + 1);
        }

        return outline.Depth(place) <= outline.ThickSquared && (!outline.IsLossy || IsRidge(place));
    }

    /// <summary>The neighbour further inside that has gone furthest in the same direction; -1 on a ridge.</summary>
    private int Inwards(int place, ReadOnlySpan<float> behind, ReadOnlySpan<float> full, Span<float> best)
    {
        Span<float> way = stackalloc float[3];
        var (found, furthest) = (-1, float.MinValue);
        var depth = outline.Depth(place);
        var (left, top, right, bottom) = outline.Around(place, 1);
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                var other = (y * outline.Pixels.Width) + x;
                if (outline.Depth(other) > depth)
                {
                    outline.Way(other, behind, way);
                    var along = ColourLine.Dot(way, full);
                    if (along > furthest)
                    {
                        (found, furthest) = (other, along);
                        way.CopyTo(best);
                    }
                }
            }
        }

        return found;
    }

    private bool IsRidge(int place)
    {
        var depth = outline.Depth(place);
        var (left, top, right, bottom) = outline.Around(place, 1);
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                if (outline.Depth((y * outline.Pixels.Width) + x) > depth)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private void Widen(int place, ReadOnlySpan<float> behind, Span<float> full)
    {
        Span<float> way = stackalloc float[3];
        var length = ColourLine.Length(full);
        var solid = outline.Solid(place);
        if (solid >= 0)
        {
            outline.Way(solid, behind, way);
            var reached = ColourLine.Length(way);
            if (reached > length && IsAlong(full, length, way, reached))
            {
                way.CopyTo(full);
                length = reached;
            }
        }

        // In a tangle even what lies deep may be a mixture; the fullest strand is surer if it goes clearly further.
        if (strands.Fuller(place % outline.Pixels.Width, place / outline.Pixels.Width, full, length * FarFuller, outline.Astray, way))
        {
            way.CopyTo(full);
        }
    }

    private void Search(int place, ReadOnlySpan<float> behind, Span<float> full)
    {
        Span<float> likeliest = stackalloc float[3];
        Span<float> strongest = stackalloc float[3];
        var length = ColourLine.Length(full);
        var misses = Around(place, behind, full, likeliest, strongest);
        if (misses <= (2 * outline.Astray) + (outline.Leaning * length) || (misses < float.MaxValue && length < outline.Faint))
        {
            likeliest.CopyTo(full);
        }
        else if (outline.IsLossy && length < 0.6f * ColourLine.Length(strongest))
        {
            strongest.CopyTo(full);
        }
        else if (length < outline.Faint && outline.Depth(place) <= outline.RimSquared)
        {
            full.Clear();
        }
    }

    /// <summary>Of the solid pixels around (any, of a lossy codec): the one whose mixture this pixel is most likely, by how much it misses, and the strongest.</summary>
    private float Around(int place, ReadOnlySpan<float> behind, ReadOnlySpan<float> full, Span<float> likeliest, Span<float> strongest)
    {
        Span<float> way = stackalloc float[3];
        var length = ColourLine.Length(full);
        var (least, most) = (float.MaxValue, 0f);
        var shallowest = outline.IsLossy || outline.IsTainted(place, behind) ? 0 : outline.RimSquared;
        var (left, top, right, bottom) = outline.Around(place, SearchReach);
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                var other = (y * outline.Pixels.Width) + x;
                if (outline.Depth(other) <= shallowest)
                {
                    continue;
                }

                outline.Way(other, behind, way);
                var reached = ColourLine.Length(way);
                var misses = reached > length * 1.2f ? ColourLine.Misses(full, way, reached) : float.MaxValue;
                if (misses < least)
                {
                    least = misses;
                    way.CopyTo(likeliest);
                }

                if (reached > most)
                {
                    most = reached;
                    way.CopyTo(strongest);
                }
            }
        }

        return least;
    }

    /// <summary>Whether a way leads in the direction of a longer one.</summary>
    private bool IsAlong(ReadOnlySpan<float> way, float length, ReadOnlySpan<float> longer, float reached) =>
        ColourLine.Misses(way, longer, reached) <= outline.Astray + (outline.Leaning * length);
}
