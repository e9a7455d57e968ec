using GptImage2.Imaging.Regions;

namespace GptImage2.Imaging.Previews;

/// <summary>A region at preview size.</summary>
/// <param name="Size">Of the preview.</param>
/// <param name="Mask">One byte a preview pixel: 1 where it contains any pixel of the region.</param>
/// <param name="Weights">One byte a preview pixel: mean blend weight of the region.</param>
internal sealed record DownscaledRegion(Dimensions Size, byte[] Mask, byte[] Weights)
{
    internal static DownscaledRegion Create(RegionMask region, int feather, Dimensions size)
    {
        var (sums, counts, mask) = (new long[size.PixelCount], new int[size.PixelCount], new byte[size.PixelCount]);
        foreach (var band in region.Bounds.SplitIntoRowBands())
        {
            var (bandMask, weights) = (region.GetMask(band), region.GetFeatherWeights(band, feather));
            for (var i = 0; i < bandMask.Length; i++)
            {
                var (x, y) = (band.Left + (i % band.Size.Width), band.Top + (i / band.Size.Width));
                var at = ((long)y * size.Height / region.ImageSize.Height * size.Width) + ((long)x * size.Width / region.ImageSize.Width);
                sums[at] += weights[i];
                counts[at]++;
                mask[at] |= bandMask[i];
            }
        }

        return new DownscaledRegion(size, mask, [.. sums.Zip(counts, (sum, count) => (byte)(count == 0 ? 0 : sum / count))]);
    }
}

/// <summary>Draws a region onto the pixels of a preview, four bytes each.</summary>
internal sealed class OverlayPainter(Dimensions size, byte[] rgba)
{
    /// <summary>Share of their brightness that pixels outside keep.</summary>
    private const double DimFactor = 0.72;

    /// <summary>Opacity of the tint at blend weight 0 and 255.</summary>
    private const double MinTintOpacity = 0.22;

    private const double MaxTintOpacity = 0.45;

    /// <summary>Extent in preview pixels below which a region is easily overlooked.</summary>
    private const int MinVisibleExtent = 16;

    /// <summary>Colours that rarely dominate an image; the one furthest from the colours under the region is used.</summary>
    private static readonly Colour[] Tints = [new(255, 0, 170), new(0, 220, 255), new(120, 255, 0)];

    internal byte[] Pixels => rgba;

    internal void DrawRegion(DownscaledRegion region)
    {
        var tint = ChooseTint(region);
        for (var i = 0; i < region.Mask.Length; i++)
        {
            if (region.Mask[i] == 0)
            {
                BlendPixel(i, Colour.Black, 1 - DimFactor);
            }
            else
            {
                BlendPixel(i, tint, MinTintOpacity + ((MaxTintOpacity - MinTintOpacity) * region.Weights[i] / 255));
            }
        }

        DrawOutline(region.Mask);
        var bounds = RegionMask.FromPixels(size, PixelArea.FromSize(size), region.Mask).Bounds;
        if (Math.Max(bounds.Size.Width, bounds.Size.Height) < MinVisibleExtent)
        {
            DrawRing((bounds.Left + bounds.Right) / 2.0, (bounds.Top + bounds.Bottom) / 2.0, tint);
        }
    }

    /// <summary>Black on the last pixels outside and white on the first inside: one of the two is visible on any background.</summary>
    private void DrawOutline(byte[] mask)
    {
        for (var i = 0; i < mask.Length; i++)
        {
            if (IsOnBoundary(mask, i))
            {
                BlendPixel(i, mask[i] == 0 ? Colour.Black : Colour.White, 1);
            }
        }
    }

    private bool IsOnBoundary(byte[] mask, int i)
    {
        var (x, y) = (i % size.Width, i / size.Width);
        return (x > 0 && mask[i - 1] != mask[i]) || (x + 1 < size.Width && mask[i + 1] != mask[i])
            || (y > 0 && mask[i - size.Width] != mask[i]) || (y + 1 < size.Height && mask[i + size.Width] != mask[i]);
    }

    private void DrawRing(double x, double y, Colour tint)
    {
        const double radius = 1.5 * MinVisibleExtent;
        for (var i = 0; i < size.PixelCount; i++)
        {
            var distance = Math.Abs(Math.Sqrt(Square((i % size.Width) + 0.5 - x) + Square((i / size.Width) + 0.5 - y)) - radius);
            if (distance < 3)
            {
                BlendPixel(i, distance < 1.5 ? tint : distance < 2.3 ? Colour.White : Colour.Black, 1);
            }
        }
    }

    /// <summary>The tint with the largest mean distance from the colours under the region.</summary>
    private Colour ChooseTint(DownscaledRegion region) => Tints.MaxBy(tint =>
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < region.Mask.Length; i++)
        {
            if (region.Mask[i] != 0)
            {
                sum += Math.Sqrt(Square(rgba[i * 4] - tint.Red) + Square(rgba[(i * 4) + 1] - tint.Green) + Square(rgba[(i * 4) + 2] - tint.Blue));
                count++;
            }
        }

        return sum / count;
    });

    private void BlendPixel(int pixel, Colour colour, double opacity)
    {
        var at = pixel * 4;
        rgba[at] = Lerp(rgba[at], colour.Red, opacity);
        rgba[at + 1] = Lerp(rgba[at + 1], colour.Green, opacity);
        rgba[at + 2] = Lerp(rgba[at + 2], colour.Blue, opacity);
    }

    private static byte Lerp(byte from, byte to, double opacity) => (byte)Math.Round(from + ((to - from) * opacity));

    private static double Square(double value) => value * value;
}
