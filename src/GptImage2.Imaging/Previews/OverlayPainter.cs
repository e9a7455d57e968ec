namespace GptImage2.Imaging.Previews;

/// <summary>Draws on a preview's pixels, four bytes each.</summary>
internal sealed class OverlayPainter(Dimensions size, byte[] rgba)
{
    /// <summary>Of brightness, that what is outside keeps.</summary>
    private const double DimFactor = 0.72;

    /// <summary>Shares of the tint where a pixel takes least and most of the change.</summary>
    private const double MinTintOpacity = 0.22;

    private const double MaxTintOpacity = 0.45;

    /// <summary>Preview pixels below which a region is overlooked.</summary>
    private const int MinVisibleExtent = 16;

    /// <summary>What pictures are rarely full of; the one furthest from the picture's own colours is used.</summary>
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
        if (GetBounds(region.Mask) is var (left, top, right, bottom) && Math.Max(right - left, bottom - top) < MinVisibleExtent)
        {
            DrawRing((left + right) / 2.0, (top + bottom) / 2.0, tint);
        }
    }

    /// <summary>Black on the last pixels outside and white on the first inside: one of the two shows on any ground.</summary>
    private void DrawOutline(byte[] touched)
    {
        for (var i = 0; i < touched.Length; i++)
        {
            if (IsOnBoundary(touched, i))
            {
                BlendPixel(i, touched[i] == 0 ? Colour.Black : Colour.White, 1);
            }
        }
    }

    private bool IsOnBoundary(byte[] touched, int i)
    {
        var (x, y) = (i % size.Width, i / size.Width);
        return (x > 0 && touched[i - 1] != touched[i]) || (x + 1 < size.Width && touched[i + 1] != touched[i])
            || (y > 0 && touched[i - size.Width] != touched[i]) || (y + 1 < size.Height && touched[i + size.Width] != touched[i]);
    }

    private void DrawRing(double x, double y, Colour tint)
    {
        const double radius = 1.5 * MinVisibleExtent;
        for (var i = 0; i < size.PixelCount; i++)
        {
            var away = Math.Abs(Math.Sqrt(Square((i % size.Width) + 0.5 - x) + Square((i / size.Width) + 0.5 - y)) - radius);
            if (away < 3)
            {
                BlendPixel(i, away < 1.5 ? tint : away < 2.3 ? Colour.White : Colour.Black, 1);
            }
        }
    }

    private (int Left, int Top, int Right, int Bottom) GetBounds(byte[] touched)
    {
        var (left, top, right, bottom) = (size.Width, size.Height, 0, 0);
        for (var i = 0; i < touched.Length; i++)
        {
            if (touched[i] != 0)
            {
                var (x, y) = (i % size.Width, i / size.Width);
                (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x + 1), Math.Max(bottom, y + 1));
            }
        }

        return (left, top, right, bottom);
    }

    /// <summary>The tint that the pixels under the region are least like.</summary>
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

    private void BlendPixel(int pixel, Colour colour, double share)
    {
        var at = pixel * 4;
        rgba[at] = Lerp(rgba[at], colour.Red, share);
        rgba[at + 1] = Lerp(rgba[at + 1], colour.Green, share);
        rgba[at + 2] = Lerp(rgba[at + 2], colour.Blue, share);
    }

    private static byte Lerp(byte from, byte to, double share) => (byte)Math.Round(from + ((to - from) * share));

    private static double Square(double value) => value * value;
}
