using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Regions;

namespace GptImage2.Imaging.Compositing;

/// <summary>The pixels along the edge of a region, on one side of it, as far as a rectangle of the image reaches.</summary>
/// <param name="width">In pixels from the edge.</param>
/// <param name="inside">Whether the band lies in the region; else around it.</param>
internal sealed class EdgeBand(RegionMask region, PixelArea area, int width, bool inside)
{
    /// <summary>In pixels.</summary>
    internal int Width => width;

    /// <summary>All that the band may touch, or null for none.</summary>
    internal PixelArea? Extent => region.IsEmpty ? null : region.Bounds.Expand(inside ? 0 : width, region.ImageSize).Intersect(area);

    /// <summary>The part of a band of rows that this band may touch.</summary>
    internal PixelArea? Within(PixelArea rows) => Extent?.Intersect(rows);

    /// <summary>How far each pixel of a part that belongs to the band is from the edge, in pixels; 0 for those that do not.</summary>
    internal double[] GetDistances(PixelArea part)
    {
        var window = part.Expand(width + 1, region.ImageSize);
        var mask = region.GetMask(window);
        for (var i = 0; i < mask.Length && !inside; i++)
        {
            mask[i] ^= 1;
        }

        var field = new DistanceTransform(window.Size.Width, mask, width + 1);
        var distances = new double[part.Size.PixelCount];
        for (var i = 0; i < distances.Length; i++)
        {
            var distance = (double)field.GetRow((i / part.Size.Width) + part.Top - window.Top)[(i % part.Size.Width) + part.Left - window.Left] / field.UnitsPerPixel;
            distances[i] = distance <= width ? distance : 0;
        }

        return distances;
    }
}
