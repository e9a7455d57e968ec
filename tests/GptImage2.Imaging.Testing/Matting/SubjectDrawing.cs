using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Drawing;

namespace GptImage2.Imaging.Testing.Matting;

/// <summary>A square subject of shapes with smooth edges, laid over each other on nothing.</summary>
public sealed class SubjectDrawing(int size) : Subject(new Dimensions(size, size))
{
    private const int Supersampling = 4;
    private bool[] _mask = new bool[size * size * Supersampling * Supersampling];

    public SubjectDrawing Disc(double x, double y, double radius) => Ellipse(x, y, radius, radius);

    public SubjectDrawing Ellipse(double x, double y, double across, double down) =>
        MarkWhere(x - across, y - down, x + across, y + down, (u, v) => (((u - x) / across * (u - x) / across) + ((v - y) / down * (v - y) / down)) <= 1);

    public SubjectDrawing Box(double left, double top, double right, double bottom) => MarkWhere(left, top, right, bottom, (_, _) => true);

    /// <summary>Takes a disc out of what has been drawn since the last fill.</summary>
    public SubjectDrawing Hole(double x, double y, double radius) =>
        MarkWhere(x - radius, y - radius, x + radius, y + radius, (u, v) => ((u - x) * (u - x)) + ((v - y) * (v - y)) <= radius * radius, false);

    /// <summary>A line of a width that goes from one value at its start to another at its end.</summary>
    public SubjectDrawing Stroke(Func<double, (double X, double Y)> path, double from, double to, int steps = 400)
    {
        for (var i = 0; i <= steps; i++)
        {
            var (x, y) = path((double)i / steps);
            Disc(x, y, (from + ((to - from) * i / steps)) / 2);
        }

        return this;
    }

    public SubjectDrawing Fill(Colour colour, double opacity = 1) => Fill((_, _) => (colour, opacity));

    /// <summary>Paints what has been drawn since the last fill.</summary>
    public SubjectDrawing Fill(Func<int, int, (Colour Colour, double Opacity)> paint)
    {
        for (var place = 0; place < size * size; place++)
        {
            if (Coverage(place) is > 0 and var coverage)
            {
                var (colour, opacity) = paint(place % size, place / size);
                BlendPixel(place, colour, coverage * (float)opacity);
            }
        }

        _mask = new bool[_mask.Length];
        return this;
    }

    /// <summary>Paints every pixel by its own opacity, for what has no edge.</summary>
    public SubjectDrawing AddHaze(Colour colour, Func<int, int, double> opacity)
    {
        for (var place = 0; place < size * size; place++)
        {
            BlendPixel(place, colour, (float)opacity(place % size, place / size));
        }

        return this;
    }

    public SubjectDrawing AddText(string text, int edge, int x, int y, Colour colour)
    {
        using var image = Image.FromText(text, new TextStyle { Size = edge, Colour = colour });
        var pixels = image.ToRgbaBytes();
        for (var row = 0; row < Math.Min(image.Size.Height, size - y); row++)
        {
            for (var column = 0; column < Math.Min(image.Size.Width, size - x); column++)
            {
                BlendPixel(((y + row) * size) + x + column, colour, pixels[(((row * image.Size.Width) + column) * 4) + 3] / 255f);
            }
        }

        return this;
    }

    private SubjectDrawing MarkWhere(double left, double top, double right, double bottom, Func<double, double, bool> inside, bool mark = true)
    {
        var edge = size * Supersampling;
        for (var y = Math.Max(0, (int)(top * Supersampling)); y < Math.Min(edge, (int)(bottom * Supersampling) + 1); y++)
        {
            for (var x = Math.Max(0, (int)(left * Supersampling)); x < Math.Min(edge, (int)(right * Supersampling) + 1); x++)
            {
                var (u, v) = ((x + 0.5) / Supersampling, (y + 0.5) / Supersampling);
                if (u >= left && u <= right && v >= top && v <= bottom && inside(u, v))
                {
                    _mask[(y * edge) + x] = mark;
                }
            }
        }

        return this;
    }

    private float Coverage(int place)
    {
        var count = 0;
        for (var y = 0; y < Supersampling; y++)
        {
            foreach (var marked in _mask.AsSpan((((place / size * Supersampling) + y) * size * Supersampling) + (place % size * Supersampling), Supersampling))
            {
                count += marked ? 1 : 0;
            }
        }

        return count / (float)(Supersampling * Supersampling);
    }
}
