namespace GptImage2.Imaging.Matting.Alpha;

/// <summary>
/// Finds the subject's own colour at a pixel near its outline, as the way there from what lies behind. It climbs inwards for as long as
/// the colour moves on in the same direction. Where that leads nowhere, a strand too thin to be solid takes the colour of a solid part
/// or of the fullest strand nearby that it can be a fainter version of, and a stray pixel that of the neighbour which explains it best.
/// </summary>
internal sealed class ForegroundEstimator(BoundaryBand outline, FineStructurePalette strands)
{
    /// <summary>A step that adds less than this has arrived.</summary>
    private const float MinGrowth = 0.06f;

    private const float MinPaletteGain = 1.2f;

    /// <summary>In pixels, to each side.</summary>
    private const int SearchRadius = 4;

    /// <summary>Makes of a pixel's way the whole way to the subject's own colour; unchanged where the pixel is that colour, nothing where it is noise.</summary>
    internal void EstimateForeground(int place, ReadOnlySpan<float> behind, Span<float> full)
    {
        var length = ColourVector.Length(full);
        if (ClimbInwards(place, behind, full))
        {
            ExtendToSolid(place, behind, full);
        }

        if (ColourVector.Length(full) == length && (outline.Depth(place) <= outline.RimSquared || outline.HasSpill(place, behind)))
        {
            SearchNeighbourhood(place, behind, full);
        }
    }

    /// <summary>True where the end of the climb is still thin.</summary>
    private bool ClimbInwards(int place, ReadOnlySpan<float> behind, Span<float> full)
    {
        Span<float> way = stackalloc float[3];
        var length = ColourVector.Length(full);
        for (var (step, misses) = (0, 0); step < outline.BandWidth && misses < 2; step++)
        {
            var next = StrongestInnerNeighbour(place, behind, full, way);
            if (next < 0)
            {
                return outline.Depth(place) <= outline.SolidDepthSquared;
            }

            place = next;
            var reached = ColourVector.Length(way);
            if (length >= outline.MinDirectionLength && !IsCollinear(full, length, way, reached))
            {
                break;
            }

            var grows = reached > (length * (1 + MinGrowth)) + 1;
            if (grows || (outline.IsLossy && reached > length * (1 - MinGrowth)))
            {
                // A lossy codec's colours are surer deeper inside, even where they are no stronger.
                way.CopyTo(full);
            }

            (length, misses) = grows ? (reached, 0) : (length, misses + 1);
        }

        return outline.Depth(place) <= outline.SolidDepthSquared && (!outline.IsLossy || IsRidge(place));
    }

    /// <summary>The neighbour further inside that has gone furthest in the same direction; -1 on a ridge.</summary>
    private int StrongestInnerNeighbour(int place, ReadOnlySpan<float> behind, ReadOnlySpan<float> full, Span<float> best)
    {
        Span<float> way = stackalloc float[3];
        var (found, furthest) = (-1, float.MinValue);
        var depth = outline.Depth(place);
        var (left, top, right, bottom) = outline.GetNeighbourhood(place, 1);
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                var other = (y * outline.Pixels.Width) + x;
                if (outline.Depth(other) > depth)
                {
                    outline.OffsetFromBackground(other, behind, way);
                    var along = ColourVector.Dot(way, full);
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
        var (left, top, right, bottom) = outline.GetNeighbourhood(place, 1);
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

    private void ExtendToSolid(int place, ReadOnlySpan<float> behind, Span<float> full)
    {
        Span<float> way = stackalloc float[3];
        var length = ColourVector.Length(full);
        var solid = outline.NearestSolid(place);
        if (solid >= 0)
        {
            outline.OffsetFromBackground(solid, behind, way);
            var reached = ColourVector.Length(way);
            if (reached > length && IsCollinear(full, length, way, reached))
            {
                way.CopyTo(full);
                length = reached;
            }
        }

        // In a tangle even what lies deep may be a mixture; the fullest strand is surer if it goes clearly further.
        if (strands.FindStronger(place % outline.Pixels.Width, place / outline.Pixels.Width, full, length * MinPaletteGain, outline.LineTolerance, way))
        {
            way.CopyTo(full);
        }
    }

    private void SearchNeighbourhood(int place, ReadOnlySpan<float> behind, Span<float> full)
    {
        Span<float> likeliest = stackalloc float[3];
        Span<float> strongest = stackalloc float[3];
        var length = ColourVector.Length(full);
        var misses = FindBestCandidates(place, behind, full, likeliest, strongest);
        if (misses <= (2 * outline.LineTolerance) + (outline.RelativeLineTolerance * length) || (misses < float.MaxValue && length < outline.MinDirectionLength))
        {
            likeliest.CopyTo(full);
        }
        else if (outline.IsLossy && length < 0.6f * ColourVector.Length(strongest))
        {
            strongest.CopyTo(full);
        }
        else if (length < outline.MinDirectionLength && outline.Depth(place) <= outline.RimSquared)
        {
            full.Clear();
        }
    }

    /// <summary>Of the solid pixels around (any, of a lossy codec): the one whose mixture this pixel is most likely, by how much it misses, and the strongest.</summary>
    private float FindBestCandidates(int place, ReadOnlySpan<float> behind, ReadOnlySpan<float> full, Span<float> likeliest, Span<float> strongest)
    {
        Span<float> way = stackalloc float[3];
        var length = ColourVector.Length(full);
        var (least, most) = (float.MaxValue, 0f);
        var shallowest = outline.IsLossy || outline.HasSpill(place, behind) ? 0 : outline.RimSquared;
        var (left, top, right, bottom) = outline.GetNeighbourhood(place, SearchRadius);
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                var other = (y * outline.Pixels.Width) + x;
                if (outline.Depth(other) <= shallowest)
                {
                    continue;
                }

                outline.OffsetFromBackground(other, behind, way);
                var reached = ColourVector.Length(way);
                var misses = reached > length * 1.2f ? ColourVector.DistanceToLine(full, way, reached) : float.MaxValue;
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
    private bool IsCollinear(ReadOnlySpan<float> way, float length, ReadOnlySpan<float> longer, float reached) =>
        ColourVector.DistanceToLine(way, longer, reached) <= outline.LineTolerance + (outline.RelativeLineTolerance * length);
}
