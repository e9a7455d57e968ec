using GptImage2.Imaging;

namespace GptImage2.Backends.Sketch;

/// <summary>References in equal squares, in rows, as large as the room allows.</summary>
internal static class SketchStrip
{
    private const int SmallestEdge = 36;

    /// <param name="room">In pixels; the strip is never larger.</param>
    /// <param name="largest">The edge of a square, in pixels, even where there is room for more.</param>
    /// <returns>Null when there is nothing to show or no room for it.</returns>
    public static Image? Draw(IReadOnlyList<SketchThumbnail> references, Dimensions room, int largest)
    {
        var edge = Math.Min(largest, Math.Min(room.Width, room.Height));
        while (edge >= SmallestEdge && Height(edge) > room.Height)
        {
            edge--;
        }

        return references.Count is 0 || edge < SmallestEdge ? null : Lay(references, edge, Balanced(references.Count, Columns(edge)));

        int Columns(int edge) => Math.Max(1, (room.Width + Gap(edge)) / (edge + Gap(edge)));

        int Height(int edge) => (Rows(references.Count, Columns(edge)) * (edge + Gap(edge))) - Gap(edge);
    }

    private static Image Lay(IReadOnlyList<SketchThumbnail> references, int edge, int columns)
    {
        var (pitch, rows) = (edge + Gap(edge), Rows(references.Count, columns));
        var strip = Image.FromColour(new Dimensions((columns * pitch) - Gap(edge), (rows * pitch) - Gap(edge)), Colour.Transparent);
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

    private static int Gap(int edge) => Math.Max(4, edge / 9);

    private static int Rows(int count, int columns) => (count + columns - 1) / columns;

    /// <summary>No more columns than it takes, so that rows are about equally long.</summary>
    private static int Balanced(int count, int columns) => Rows(count, Rows(count, columns));
}
