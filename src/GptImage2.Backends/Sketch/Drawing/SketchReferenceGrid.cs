using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Backends.Sketch.Drawing;

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
