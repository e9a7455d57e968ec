using GptImage2.Imaging.Codecs;

namespace GptImage2.Backends.Sketch.Drawing;

/// <summary>Pixels to draw on: smooth shapes and small images, in the order in which they are drawn.</summary>
/// <param name="pixels">Four bytes each, drawn on; alpha is straight.</param>
internal sealed class SketchCanvas(Dimensions size, byte[] pixels)
{
    public static SketchCanvas Create(Dimensions size, Colour colour)
    {
        var pixels = new byte[size.PixelCount * 4];
        MemoryMarshal.Cast<byte, Colour>(pixels.AsSpan()).Fill(colour);
        return new SketchCanvas(size, pixels);
    }

    /// <summary>Nothing is drawn outside it.</summary>
    public Box Clip { get; set; } = new(0, 0, size.Width, size.Height);

    public Box Whole => new(0, 0, size.Width, size.Height);

    public Image ToImage() => Image.FromPixels(size, pixels);

    /// <param name="line">The outline's thickness, inside the box; 0 for none.</param>
    public void Draw(Box box, double radius, Colour fill, double line = 0, Colour ink = default)
    {
        radius = Math.Min(radius, box.Short / 2);
        var (x, y, halfWidth, halfHeight) = (box.Left + (box.Width / 2), box.Top + (box.Height / 2), (box.Width / 2) - radius, (box.Height / 2) - radius);
        Paint(box, fill, Distance);
        if (line > 0)
        {
            Paint(box, ink, (px, py) => Math.Abs(Distance(px, py) + (line / 2)) - (line / 2));
        }

        double Distance(double px, double py)
        {
            var (beyondX, beyondY) = (Math.Abs(px - x) - halfWidth, Math.Abs(py - y) - halfHeight);
            return beyondX > 0 && beyondY > 0 ? Math.Sqrt((beyondX * beyondX) + (beyondY * beyondY)) - radius : Math.Max(beyondX, beyondY) - radius;
        }
    }

    public void DrawLine((double X, double Y) from, (double X, double Y) to, double thickness, Colour ink)
    {
        var (along, down) = (to.X - from.X, to.Y - from.Y);
        var length = Math.Max(1, (along * along) + (down * down));
        Paint(new Box(Math.Min(from.X, to.X), Math.Min(from.Y, to.Y), Math.Abs(along), Math.Abs(down)).Inset(-thickness), ink, (x, y) =>
        {
            var share = Math.Clamp((((x - from.X) * along) + ((y - from.Y) * down)) / length, 0, 1);
            var (beyondX, beyondY) = (x - from.X - (share * along), y - from.Y - (share * down));
            return Math.Sqrt((beyondX * beyondX) + (beyondY * beyondY)) - (thickness / 2);
        });
    }

    public void Paste(Image part, double left, double top)
    {
        var (rgba, width) = (part.ToRgbaBytes(), part.Size.Width);
        ForEach(new Box((int)left, (int)top, width, part.Size.Height), (x, y, pixel) =>
        {
            var at = (((y - (int)top) * width) + x - (int)left) * 4;
            Blend(pixel, new Colour(rgba[at], rgba[at + 1], rgba[at + 2]), rgba[at + 3] / 255f);
        });
    }

    /// <param name="distance">From a point to the shape's edge, in pixels; negative inside.</param>
    private void Paint(Box box, Colour colour, Func<double, double, double> distance)
    {
        var opacity = colour.Alpha / 255f;
        ForEach(box, (x, y, pixel) => Blend(pixel, colour, opacity * (float)Math.Clamp(0.5 - distance(x + 0.5, y + 0.5), 0, 1)));
    }

    private void ForEach(Box box, Action<int, int, int> draw)
    {
        var (right, bottom) = ((int)Math.Ceiling(Math.Min(box.Right, Clip.Right)), (int)Math.Ceiling(Math.Min(box.Bottom, Clip.Bottom)));
        for (var y = (int)Math.Max(box.Top, Clip.Top); y < bottom; y++)
        {
            for (var x = (int)Math.Max(box.Left, Clip.Left); x < right; x++)
            {
                draw(x, y, ((y * size.Width) + x) * 4);
            }
        }
    }

    private void Blend(int pixel, Colour colour, float strength)
    {
        if (strength > 0)
        {
            var alpha = strength + (pixels[pixel + 3] / 255f * (1 - strength));
            var share = strength / alpha;
            pixels[pixel] = Mix(pixels[pixel], colour.Red);
            pixels[pixel + 1] = Mix(pixels[pixel + 1], colour.Green);
            pixels[pixel + 2] = Mix(pixels[pixel + 2], colour.Blue);
            pixels[pixel + 3] = (byte)((alpha * 255) + 0.5f);

            byte Mix(byte below, byte above) => (byte)(below + ((above - below) * share) + 0.5f);
        }
    }
}
