namespace GptImage2.Imaging.Matting.Alpha;

/// <summary>
/// Estimates the foreground colour at a pixel near the outline, as an offset from the background. It climbs inwards as long as the colour keeps
/// moving in the same direction. Where that fails, a strand too thin to be solid takes the colour of a solid pixel or of the strongest strand
/// nearby of which it can be a fainter mixture, and an isolated pixel that of the neighbour that explains it best, by sampling as in Gastal and
/// Oliveira, "Shared Sampling for Real-Time Alpha Matting" (2010).
/// </summary>
internal sealed class ForegroundEstimator(BoundaryBand band, FineStructurePalette palette)
{
    /// <summary>Relative growth below which a climb has converged.</summary>
    private const float MinGrowth = 0.06f;

    private const float MinPaletteGain = 1.2f;

    /// <summary>In pixels.</summary>
    private const int SearchRadius = 4;

    /// <summary>Extends a pixel's offset to the foreground's; unchanged where the pixel is pure foreground, zero where it is noise.</summary>
    internal void EstimateForeground(int index, ReadOnlySpan<float> background, Span<float> foreground)
    {
        var length = ColourVector.Length(foreground);
        if (ClimbInwards(index, background, foreground))
        {
            ExtendToSolid(index, background, foreground);
        }

        if (ColourVector.Length(foreground) == length && (band.Depth(index) <= band.RimSquared || band.HasSpill(index, background)))
        {
            SearchNeighbourhood(index, background, foreground);
        }
    }

    /// <summary>Returns whether the climb ended in a structure too thin to be solid.</summary>
    private bool ClimbInwards(int index, ReadOnlySpan<float> background, Span<float> foreground)
    {
        Span<float> offset = stackalloc float[3];
        var length = ColourVector.Length(foreground);
        for (var (step, failures) = (0, 0); step < band.BandWidth && failures < 2; step++)
        {
            var next = StrongestInnerNeighbour(index, background, foreground, offset);
            if (next < 0)
            {
                return band.Depth(index) <= band.SolidDepthSquared;
            }

            index = next;
            var offsetLength = ColourVector.Length(offset);
            if (length >= band.MinDirectionLength && !IsCollinear(foreground, length, offset, offsetLength))
            {
                break;
            }

            var grows = offsetLength > (length * (1 + MinGrowth)) + 1;
            if (grows || (band.IsLossy && offsetLength > length * (1 - MinGrowth)))
            {
                // Colours of a lossy codec are more reliable deeper inside, even where they are no stronger.
                offset.CopyTo(foreground);
            }

            (length, failures) = grows ? (offsetLength, 0) : (length, failures + 1);
        }

        return band.Depth(index) <= band.SolidDepthSquared && (!band.IsLossy || IsRidge(index));
    }

    /// <summary>The deeper neighbour that is furthest in the same direction; -1 on a ridge.</summary>
    private int StrongestInnerNeighbour(int index, ReadOnlySpan<float> background, ReadOnlySpan<float> foreground, Span<float> best)
    {
        Span<float> offset = stackalloc float[3];
        var (bestIndex, maxProjection) = (-1, float.MinValue);
        var depth = band.Depth(index);
        var (left, top, right, bottom) = band.GetNeighbourhood(index, 1);
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                var neighbour = (y * band.Pixels.Width) + x;
                if (band.Depth(neighbour) > depth)
                {
                    band.OffsetFromBackground(neighbour, background, offset);
                    var projection = ColourVector.Dot(offset, foreground);
                    if (projection > maxProjection)
                    {
                        (bestIndex, maxProjection) = (neighbour, projection);
                        offset.CopyTo(best);
                    }
                }
            }
        }

        return bestIndex;
    }

    private bool IsRidge(int index)
    {
        var depth = band.Depth(index);
        var (left, top, right, bottom) = band.GetNeighbourhood(index, 1);
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                if (band.Depth((y * band.Pixels.Width) + x) > depth)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private void ExtendToSolid(int index, ReadOnlySpan<float> background, Span<float> foreground)
    {
        Span<float> offset = stackalloc float[3];
        var length = ColourVector.Length(foreground);
        var solid = band.NearestSolid(index);
        if (solid >= 0)
        {
            band.OffsetFromBackground(solid, background, offset);
            var offsetLength = ColourVector.Length(offset);
            if (offsetLength > length && IsCollinear(foreground, length, offset, offsetLength))
            {
                offset.CopyTo(foreground);
                length = offsetLength;
            }
        }

        // In a tangle even deep pixels may be mixtures; the strongest strand is more reliable if it is clearly longer.
        if (palette.FindStronger(index % band.Pixels.Width, index / band.Pixels.Width, foreground, length * MinPaletteGain, band.LineTolerance, offset))
        {
            offset.CopyTo(foreground);
        }
    }

    private void SearchNeighbourhood(int index, ReadOnlySpan<float> background, Span<float> foreground)
    {
        Span<float> nearest = stackalloc float[3];
        Span<float> strongest = stackalloc float[3];
        var length = ColourVector.Length(foreground);
        var distance = FindBestCandidates(index, background, foreground, nearest, strongest);
        if (distance <= (2 * band.LineTolerance) + (band.RelativeLineTolerance * length) || (distance < float.MaxValue && length < band.MinDirectionLength))
        {
            nearest.CopyTo(foreground);
        }
        else if (band.IsLossy && length < 0.6f * ColourVector.Length(strongest))
        {
            strongest.CopyTo(foreground);
        }
        else if (length < band.MinDirectionLength && band.Depth(index) <= band.RimSquared)
        {
            foreground.Clear();
        }
    }

    /// <summary>Among the solid pixels nearby (all pixels, for a lossy codec): the one of which this pixel is most likely a mixture, and the strongest. Returns the distance of the former.</summary>
    private float FindBestCandidates(int index, ReadOnlySpan<float> background, ReadOnlySpan<float> foreground, Span<float> nearest, Span<float> strongest)
    {
        Span<float> offset = stackalloc float[3];
        var length = ColourVector.Length(foreground);
        var (minDistance, maxLength) = (float.MaxValue, 0f);
        var minDepth = band.IsLossy || band.HasSpill(index, background) ? 0 : band.RimSquared;
        var (left, top, right, bottom) = band.GetNeighbourhood(index, SearchRadius);
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                var neighbour = (y * band.Pixels.Width) + x;
                if (band.Depth(neighbour) <= minDepth)
                {
                    continue;
                }

                band.OffsetFromBackground(neighbour, background, offset);
                var offsetLength = ColourVector.Length(offset);
                var distance = offsetLength > length * 1.2f ? ColourVector.DistanceToLine(foreground, offset, offsetLength) : float.MaxValue;
                if (distance < minDistance)
                {
                    minDistance = distance;
                    offset.CopyTo(nearest);
                }

                if (offsetLength > maxLength)
                {
                    maxLength = offsetLength;
                    offset.CopyTo(strongest);
                }
            }
        }

        return minDistance;
    }

    /// <summary>Whether an offset points in the direction of a longer one.</summary>
    private bool IsCollinear(ReadOnlySpan<float> offset, float length, ReadOnlySpan<float> longer, float offsetLength) =>
        ColourVector.DistanceToLine(offset, longer, offsetLength) <= band.LineTolerance + (band.RelativeLineTolerance * length);
}
