namespace GptImage2.Imaging.Masks;

/// <summary>Draws on a preview's pixels, four bytes each.</summary>
internal sealed class OverlayDrawing(Dimensions size, byte[] rgba)
{
    /// <summary>Of brightness, that what is outside keeps.</summary>
    private const double Dimmed = 0.72;

    /// <summary>Shares of the tint where a pixel takes least and most of the change.</summary>
    private const double Faintest = 0.22;

    private const double Strongest = 0.45;

    /// <summary>Preview pixels below which a region is overlooked.</summary>
    private const int EasilySeen = 16;

    /// <summary>What pictures are rarely full of; the one furthest from the picture's own colours is used.</summary>
    private static readonly Colour[] Tints = [new(255, 0, 170), new(0, 220, 255), new(120, 255, 0)];

    internal byte[] Pixels => rgba;

    internal void Draw(RegionPreview region)
    {
        var tint = StandingOut(region);
        for (var i = 0; i < region.Touched.Length; i++)
        {
            if (region.Touched[i] == 0)
            {
                Mix(i, Colour.Black, 1 - Dimmed);
            }
            else
            {
                Mix(i, tint, Faintest + ((Strongest - Faintest) * region.Weights[i] / 255));
            }
        }

        Outline(region.Touched);
        if (Extent(region.Touched) is var (left, top, right, bottom) && Math.Max(right - left, bottom - top) < EasilySeen)
        {
            Ring((left + right) / 2.0, (top + bottom) / 2.0, tint);
        }
    }

    /// <summary>Black on the last pixels outside and white on the first inside: one of the two shows on any ground.</summary>
    private void Outline(byte[] touched)
    {
        for (var i = 0; i < touched.Length; i++)
        {
            if (HasOtherNeighbour(touched, i))
            {
                Mix(i, touched[i] == 0 ? Colour.Black : Colour.White, 1);
            }
        }
    }

    private bool HasOtherNeighbour(byte[] touched, int i)
    {
        var (x, y) = (i % size.Width, i / size.Width);
        return (x > 0 && touched[i - 1] != touched[i]) || (x + 1 < size.Width && touched[i + 1] != touched[i])
            || (y > 0 && touched[i - size.Width] != touched[i]) || (y + 1 < size.Height && touched[i + size.Width] != touched[i]);
    }

    private void Ring(double x, double y, Colour tint)
    {
        const double radius = 1.5 * EasilySeen;
        for (var i = 0; i < size.Pixels; i++)
        {
            var away = Math.Abs(Math.Sqrt(Square((i % size.Width) + 0.5 - x) + Square((i / size.Width) + 0.5 - y)) - radius);
            if (away < 3)
            {
                Mix(i, away < 1.5 ? tint : away < 2.3 ? Colour.White : Colour.Black, 1);
            }
        }
    }

    private (int Left, int Top, int Right, int Bottom) Extent(byte[] touched)
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
    private Colour StandingOut(RegionPreview region) => Tints.MaxBy(tint =>
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < region.Touched.Length; i++)
        {
            if (region.Touched[i] != 0)
            {
                sum += Math.Sqrt(Square(rgba[i * 4] - tint.Red) + Square(rgba[(i * 4) + 1] - tint.Green) + Square(rgba[(i * 4) + 2] - tint.Blue));
                count++;
            }
        }

        return sum / count;
    });

    private void Mix(int pixel, Colour colour, double share)
    {
        var at = pixel * 4;
        rgba[at] = Between(rgba[at], colour.Red, share);
        rgba[at + 1] = Between(rgba[at + 1], colour.Green, share);
        rgba[at + 2] = Between(rgba[at + 2], colour.Blue, share);
    }

    private static byte Between(byte from, byte to, double share) => (byte)Math.Round(from + ((to - from) * share));

    private static double Square(double value) => value * value;
}
