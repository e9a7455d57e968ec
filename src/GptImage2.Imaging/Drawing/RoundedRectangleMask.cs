namespace GptImage2.Imaging.Drawing;

/// <summary>The antialiased coverage of a rectangle with rounded corners, one byte a pixel.</summary>
internal static class RoundedRectangleMask
{
    internal static byte[] Render(Dimensions size, double radius)
    {
        radius = Math.Clamp(radius, 0, Math.Min(size.Width, size.Height) / 2.0);
        var mask = new byte[size.PixelCount];
        mask.AsSpan().Fill(255);

        double[] offsetsX = [.. Enumerable.Range(0, size.Width).Select(x => CornerOffset(x, size.Width, radius))];
        int[] columns = [.. Enumerable.Range(0, size.Width).Where(x => offsetsX[x] > 0)];
        for (var y = 0; y < size.Height; y++)
        {
            if (CornerOffset(y, size.Height, radius) is > 0 and var offsetY)
            {
                var row = mask.AsSpan(y * size.Width, size.Width);
                foreach (var x in columns)
                {
                    row[x] = (byte)(Math.Clamp(radius - Math.Sqrt((offsetsX[x] * offsetsX[x]) + (offsetY * offsetY)) + 0.5, 0, 1) * 255);
                }
            }
        }

        return mask;
    }

    /// <summary>How far a pixel's centre is beyond the straight part of an edge, towards the corner.</summary>
    private static double CornerOffset(int position, int length, double radius)
    {
        var centre = position + 0.5;
        return Math.Max(0, Math.Max(radius - centre, centre - (length - radius)));
    }
}
