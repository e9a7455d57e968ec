using GptImage2.Generation.Rendering;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Drawing;

namespace GptImage2.Backends.Sketch.Drawing;

/// <summary>A reference, small, with its number in the prompt and what it is for.</summary>
internal sealed class SketchThumbnail : IDisposable
{
    private const int Edge = 720;
    private const int MinLetterSize = 9;

    private readonly Image _image;

    private SketchThumbnail(Image image, string caption) => (_image, Caption) = (image, caption);

    public string Caption { get; }

    public static SketchThumbnail Open(RenderInputImage image, int number)
    {
        using var small = Image.OpenThumbnail(image.Image, Edge);
        return new SketchThumbnail(small.CopyToMemory(), $"{number} {image.Caption}");
    }

    /// <summary>A square card with a white rim and the caption on it.</summary>
    public Image Draw(int edge)
    {
        var rim = Math.Max(2, edge / 32);
        var inner = new Dimensions(edge - (2 * rim), edge - (2 * rim));
        using var plate = Image.FromColour(new Dimensions(edge, edge), Colour.White);
        using var card = plate.RoundCorners(edge * 0.1);
        using var shown = DrawOverCheckerboard(inner);
        using var round = shown.RoundCorners((edge * 0.1) - rim);
        using var framed = card.Overlay(round, rim, rim);
        using var label = DrawLabel(edge - (4 * rim), edge);
        return framed.Overlay(label, 2 * rim, edge - (2 * rim) - label.Size.Height);
    }

    public void Dispose() => _image.Dispose();

    /// <summary>What is transparent shows a light checkerboard, which cannot be mistaken for a part of the image.</summary>
    private Image DrawOverCheckerboard(Dimensions size)
    {
        using var fitted = _image.ResizeToCover(size);
        using var checks = Image.CreateCheckerboard(size, Math.Max(4, size.Width / 16));
        return checks.Overlay(fitted, 0, 0);
    }

    /// <summary>In smaller letters before it is cut short.</summary>
    private Image DrawLabel(int room, int edge)
    {
        for (var size = Math.Clamp(edge / 9, MinLetterSize, 48); ; size--)
        {
            using var text = Image.FromText(Caption, new TextStyle { Size = size, Bold = true, Colour = Colour.White });
            if (text.Size.Width + size <= room)
            {
                return SketchLabels.DrawPlate(text, new Dimensions(text.Size.Width + size, (int)(size * 1.7)));
            }

            if (size <= MinLetterSize)
            {
                return DrawTruncatedLabel(room, size);
            }
        }
    }

    private Image DrawTruncatedLabel(int room, int size)
    {
        var style = new TextStyle { Size = size, Bold = true, Colour = Colour.White, MaxWidth = Math.Max(size, room - size), MaxHeight = (int)(size * 1.4) };
        using var text = Image.FromText(Caption, style);
        return SketchLabels.DrawPlate(text, new Dimensions(Math.Min(room, text.Size.Width + size), (int)(size * 1.7)));
    }
}

/// <summary>References in equal squares, in rows, as large as the room allows.</summary>
internal static class SketchReferenceGrid
{
    private const int MinEdge = 36;

    /// <param name="room">In pixels; the strip is never larger.</param>
    /// <param name="largest">The edge of a square, in pixels, even where there is room for more.</param>
    /// <returns>Null when there is nothing to show or no room for it.</returns>
    public static Image? Draw(IReadOnlyList<SketchThumbnail> references, Dimensions room, int largest)
    {
        var edge = Math.Min(largest, Math.Min(room.Width, room.Height));
        while (edge >= MinEdge && Height(edge) > room.Height)
        {
            edge--;
        }

        return references.Count is 0 || edge < MinEdge ? null : Compose(references, edge, BalanceColumns(references.Count, Columns(edge)));

        int Columns(int edge) => Math.Max(1, (room.Width + ComputeGap(edge)) / (edge + ComputeGap(edge)));

        int Height(int edge) => (CountRows(references.Count, Columns(edge)) * (edge + ComputeGap(edge))) - ComputeGap(edge);
    }

    private static Image Compose(IReadOnlyList<SketchThumbnail> references, int edge, int columns)
    {
        var (pitch, rows) = (edge + ComputeGap(edge), CountRows(references.Count, columns));
        var strip = Image.FromColour(new Dimensions((columns * pitch) - ComputeGap(edge), (rows * pitch) - ComputeGap(edge)), Colour.Transparent);
        for (var at = 0; at < references.Count; at++)
        {
            using var below = strip;
            using var card = references[at].Draw(edge);
            strip = below.Insert(card, at % columns * pitch, at / columns * pitch);
        }

        using (strip)
        {
            return strip.CopyToMemory();
        }
    }

    private static int ComputeGap(int edge) => Math.Max(4, edge / 9);

    private static int CountRows(int count, int columns) => (count + columns - 1) / columns;

    /// <summary>No more columns than it takes, so that rows are about equally long.</summary>
    private static int BalanceColumns(int count, int columns) => CountRows(count, CountRows(count, columns));
}
