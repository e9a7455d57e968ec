using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Backends.Sketch.Drawing;

/// <summary>A reference: small, with its number in the prompt and its name or what it is for.</summary>
internal sealed class SketchChip(Image? picture, string label) : IDisposable
{
    private const int Edge = 360;

    private const int MaxNameLength = 24;

    /// <param name="reference">As the caller gave it; null where the server added the image.</param>
    /// <param name="isShown">Whether its picture may be seen, and not only its name.</param>
    public static SketchChip Open(RenderInputImage image, Reference? reference, int number, bool isShown)
    {
        using var small = isShown ? Image.OpenThumbnail(image.Image, Edge) : null;
        return new SketchChip(small?.CopyToMemory(), $"{number} {FindName(reference?.Note) ?? image.Caption}");
    }

    public void Draw(SketchCanvas canvas, Box box)
    {
        var (edge, rim) = (picture is null ? 0 : (int)box.Short, Math.Max(1, box.Short / 24));
        canvas.Draw(box, box.Short * 0.12, Colour.White, rim / 2, SketchPalette.Lighten(SketchPalette.Ink, 0.6));
        if (picture is not null && edge > 2 * rim)
        {
            var inner = (int)(edge - (2 * rim));
            using var fitted = picture.ResizeToCover(new Dimensions(inner, inner));
            using var shown = fitted.OverCheckerboard(Math.Max(3, inner / 12));
            using var round = shown.RoundCorners(edge * 0.1);
            canvas.Paste(round, box.Left + rim, box.Top + rim);
        }

        var padding = box.Height * 0.14;
        var room = new Box(box.Left + edge + padding, box.Top, box.Width - edge - (2 * padding), box.Height * 0.7);
        using var text = SketchText.Render(label, (int)(box.Height * 0.3), room, bold: true);
        canvas.Paste(text, room.Left, box.Top + ((box.Height - text.Size.Height) / 2));
    }

    public void Dispose() => picture?.Dispose();

    /// <summary>The first words of a note, up to where its first sentence or name ends.</summary>
    private static string? FindName(string? note) => note?.Split(['.', ',', ':', ';', '\n', '。', '、', '，'], 2)[0].Trim() switch
    {
        null or "" => null,
        { Length: > MaxNameLength } name => $"{name[..(name.LastIndexOf(' ', MaxNameLength) is > 0 and var gap ? gap : MaxNameLength)]}…",
        var name => name,
    };
}
