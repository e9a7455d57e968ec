namespace GptImage2.Imaging;

/// <summary>The coverage of a rectangle with round corners, one byte a pixel.</summary>
internal static class RoundedMask
{
    internal static byte[] Draw(Dimensions size, double radius)
    {
        radius = Math.Clamp(radius, 0, Math.Min(size.Width, size.Height) / 2.0);
        var mask = new byte[size.Pixels];
        for (var y = 0; y < size.Height; y++)
        {
            var down = Beyond(y, size.Height, radius);
            for (var x = 0; x < size.Width; x++)
            {
                var across = Beyond(x, size.Width, radius);
                var coverage = radius - Math.Sqrt((across * across) + (down * down)) + 0.5;
                mask[((long)y * size.Width) + x] = across == 0 || down == 0 ? (byte)255 : (byte)(Math.Clamp(coverage, 0, 1) * 255);
            }
        }

        return mask;
    }

    /// <summary>How far a pixel's middle lies beyond the straight part of an edge, towards the corner.</summary>
    private static double Beyond(int position, int length, double radius)
    {
        var middle = position + 0.5;
        return Math.Max(0, Math.Max(radius - middle, middle - (length - radius)));
    }
}
