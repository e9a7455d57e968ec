using System.Numerics;
using GptImage2.Imaging.Algorithms;

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
    internal Vector3 EstimateForeground(int index, Vector3 background, Vector3 offset)
    {
        var foreground = offset;
        if (ClimbInwards(index, background, ref foreground))
        {
            foreground = ExtendToSolid(index, background, foreground);
        }

        return foreground.Length() == offset.Length() && (band.Depth(index) <= band.RimSquared || band.HasSpill(index, background))
            ? SearchNeighbourhood(index, background, foreground)
            : foreground;
    }

    /// <summary>Returns whether the climb ended in a structure too thin to be solid.</summary>
    private bool ClimbInwards(int index, Vector3 background, ref Vector3 foreground)
    {
        var length = foreground.Length();
        for (var (step, failures) = (0, 0); step < band.BandWidth && failures < 2; step++)
        {
            var (next, offset) = StrongestInnerNeighbour(index, background, foreground);
            if (next < 0)
            {
                return band.Depth(index) <= band.SolidDepthSquared;
            }

            index = next;
            var offsetLength = offset.Length();
            if (length >= band.MinDirectionLength && !IsCollinear(foreground, length, offset, offsetLength))
            {
                break;
            }

            var grows = offsetLength > (length * (1 + MinGrowth)) + 1;
            if (grows || (band.IsLossy && offsetLength > length * (1 - MinGrowth)))
            {
                // Colours of a lossy codec are more reliable deeper inside, even where they are no stronger.
                foreground = offset;
            }

            (length, failures) = grows ? (offsetLength, 0) : (length, failures + 1);
        }

        return band.Depth(index) <= band.SolidDepthSquared && (!band.IsLossy || StrongestInnerNeighbour(index, background, foreground).Index < 0);
    }

    /// <summary>The deeper neighbour that is furthest in the same direction, and its offset; -1 on a ridge.</summary>
    private (int Index, Vector3 Offset) StrongestInnerNeighbour(int index, Vector3 background, Vector3 foreground)
    {
        var (best, bestOffset, maxProjection) = (-1, Vector3.Zero, float.MinValue);
        var depth = band.Depth(index);
        var (left, top, right, bottom) = band.GetNeighbourhood(index, 1);
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                var neighbour = (y * band.Pixels.Width) + x;
                if (band.Depth(neighbour) > depth)
                {
                    var offset = band.OffsetFromBackground(neighbour, background);
                    var projection = Vector3.Dot(offset, foreground);
                    (best, bestOffset, maxProjection) = projection > maxProjection ? (neighbour, offset, projection) : (best, bestOffset, maxProjection);
                }
            }
        }

        return (best, bestOffset);
    }

    private Vector3 ExtendToSolid(int index, Vector3 background, Vector3 foreground)
    {
        var length = foreground.Length();
        if (band.NearestSolid(index) is >= 0 and var solid)
        {
            var offset = band.OffsetFromBackground(solid, background);
            var offsetLength = offset.Length();
            if (offsetLength > length && IsCollinear(foreground, length, offset, offsetLength))
            {
                (foreground, length) = (offset, offsetLength);
            }
        }

        // In a tangle even deep pixels may be mixtures; the strongest strand is more reliable if it is clearly longer.
        var (y, x) = Math.DivRem(index, band.Pixels.Width);
        return palette.FindStronger(x, y, foreground, length * MinPaletteGain, band.LineTolerance) ?? foreground;
    }

    private Vector3 SearchNeighbourhood(int index, Vector3 background, Vector3 foreground)
    {
        var length = foreground.Length();
        var (nearest, distance, strongest) = FindBestCandidates(index, background, foreground);
        if (distance <= (2 * band.LineTolerance) + (band.RelativeLineTolerance * length) || (distance < float.MaxValue && length < band.MinDirectionLength))
        {
            return nearest;
        }

        return band.IsLossy && length < 0.6f * strongest.Length() ? strongest
            : length < band.MinDirectionLength && band.Depth(index) <= band.RimSquared ? Vector3.Zero
            : foreground;
    }

    /// <summary>
    /// Among the solid pixels nearby (all pixels, for a lossy codec): the one of which this pixel is most likely a mixture, with its distance,
    /// and the strongest.
    /// </summary>
    private (Vector3 Nearest, float Distance, Vector3 Strongest) FindBestCandidates(int index, Vector3 background, Vector3 foreground)
    {
        var length = foreground.Length();
        var (nearest, minDistance, strongest, maxLength) = (Vector3.Zero, float.MaxValue, Vector3.Zero, 0f);
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

                var offset = band.OffsetFromBackground(neighbour, background);
                var offsetLength = offset.Length();
                var distance = offsetLength > length * 1.2f ? foreground.DistanceToLine(offset, offsetLength) : float.MaxValue;
                (nearest, minDistance) = distance < minDistance ? (offset, distance) : (nearest, minDistance);
                (strongest, maxLength) = offsetLength > maxLength ? (offset, offsetLength) : (strongest, maxLength);
            }
        }

        return (nearest, minDistance, strongest);
    }

    /// <summary>Whether an offset points in the direction of a longer one.</summary>
    private bool IsCollinear(Vector3 offset, float length, Vector3 longer, float longerLength) =>
        offset.DistanceToLine(longer, longerLength) <= band.LineTolerance + (band.RelativeLineTolerance * length);
}
