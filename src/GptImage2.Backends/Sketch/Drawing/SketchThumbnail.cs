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
        var inner = edge - (2 * rim);
        using var plate = Image.FromColour(new Dimensions(edge, edge), Colour.White);
        using var card = plate.RoundCorners(edge * 0.1);
        using var fitted = _image.ResizeToCover(new Dimensions(inner, inner));
        using var shown = fitted.OverCheckerboard(Math.Max(4, inner / 16));
        using var round = shown.RoundCorners((edge * 0.1) - rim);
        using var framed = card.Overlay(round, rim, rim);
        using var label = DrawLabel(inner - (2 * rim), edge);
        return framed.Overlay(label, 2 * rim, edge - (2 * rim) - label.Size.Height);
    }

    public void Dispose() => _image.Dispose();

    /// <summary>In smaller letters before it is cut short; bold ones are about two thirds as wide as they are high.</summary>
    private Image DrawLabel(int room, int edge)
    {
        var size = Math.Clamp(Math.Min(edge / 9, (int)(room / (0.68 * (Caption.Length + 1.5)))), MinLetterSize, 48);
        var style = new TextStyle { Size = size, Bold = true, Colour = Colour.White, MaxWidth = Math.Max(size, room - size), MaxHeight = (int)(size * 1.4) };
        using var text = Image.FromText(Caption, style);
        return SketchLabels.DrawPlate(text, new Dimensions(Math.Min(room, text.Size.Width + size), (int)(size * 1.7)));
    }
}

/// <summary>References in equal squares, in rows that are about equally long, as large as the room allows.</summary>
internal static class SketchReferenceGrid
{
    private const int MinEdge = 36;

    /// <summary>A square's edge, in gaps between squares.</summary>
    private const int GapsPerEdge = 9;

    /// <param name="room">In pixels; the strip is never larger.</param>
    /// <param name="largest">The edge of a square, in pixels, even where there is room for more.</param>
    /// <returns>Null when there is nothing to show or no room for it.</returns>
    public static Image? Draw(IReadOnlyList<SketchThumbnail> references, Dimensions room, int largest)
    {
        var (edge, rows) = Enumerable.Range(1, references.Count).Select(rows => (Edge: FitEdge(rows), rows)).DefaultIfEmpty().MaxBy(fit => fit.Edge);
        if (edge < MinEdge)
        {
            return null;
        }

        var (pitch, columns) = (edge + (edge / GapsPerEdge), CountColumns(rows));
        var size = new Dimensions((columns * pitch) - (edge / GapsPerEdge), (rows * pitch) - (edge / GapsPerEdge));
        return SketchLabels.Arrange(size, references.Select((reference, at) => (reference.Draw(edge), at % columns * pitch, at / columns * pitch)));

        int CountColumns(int rows) => (references.Count + rows - 1) / rows;

        int FitEdge(int rows) => Math.Min(largest, Math.Min(FitAlong(room.Width, CountColumns(rows)), FitAlong(room.Height, rows)));
    }

    private static int FitAlong(int pixels, int squares) => GapsPerEdge * pixels / (((GapsPerEdge + 1) * squares) - 1);
}
