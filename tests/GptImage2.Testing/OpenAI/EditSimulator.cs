using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Testing.OpenAI;

/// <summary>Draws an edit as the real model does: no pixel of image 1 stays quite as it was, and where the mask is clear all is new.</summary>
public static class EditSimulator
{
    /// <summary>How far each sample moves outside the mask, and everywhere without one.</summary>
    public const int Shift = 3;

    /// <summary>What the samples inside the mask are turned by; each comes out 128 away from what it was.</summary>
    public const byte Turn = 0x80;

    /// <summary>An image of the size asked for. Fits <see cref="StrictOpenAI.DrawImage"/>; image 1 must be a PNG.</summary>
    public static byte[] Draw(ImageOrder order, int index)
    {
        if (order.Images is not [{ Format: "png" } image, ..])
        {
            throw new InvalidOperationException("Only an edit whose first image is a PNG can be repainted.");
        }

        var source = PngFile.Read(image.Bytes.Span).Decode();
        var mask = order.Mask is { } sent ? PngFile.Read(sent.Bytes.Span).Decode() : null;
        var canvas = new PngPixels(order.Size, new byte[order.Size.Width * order.Size.Height * 4]);
        int[] columns = [.. Enumerable.Range(0, order.Size.Width).Select(x => MapCoordinate(x, order.Size.Width, source.Size.Width))];
        byte[][] becomes = [CreateLookupTable(inside: false, index), CreateLookupTable(inside: true, index)];
        for (var y = 0; y < order.Size.Height; y++)
        {
            var from = MapCoordinate(y, order.Size.Height, source.Size.Height);
            PaintRow(canvas.Row(y), source.Row(from), mask is null ? [] : mask.Row(from), columns, becomes);
        }

        return canvas.Encode(alpha: order.Background == "transparent");
    }

    /// <summary>The sample that becomes of one: always another.</summary>
    public static byte ShiftSample(byte sample, bool inside, int index = 0) =>
        (byte)(inside ? sample ^ Turn : sample + (sample < 128 ? Shift + index : -Shift - index));

    private static void PaintRow(Span<byte> target, ReadOnlySpan<byte> old, ReadOnlySpan<byte> mask, int[] columns, byte[][] becomes)
    {
        for (var x = 0; x < columns.Length; x++)
        {
            var (to, from) = (x * 4, columns[x] * 4);
            var table = becomes[!mask.IsEmpty && mask[from + 3] == 0 ? 1 : 0];
            target[to] = table[old[from]];
            target[to + 1] = table[old[from + 1]];
            target[to + 2] = table[old[from + 2]];
            target[to + 3] = old[from + 3];
        }
    }

    private static byte[] CreateLookupTable(bool inside, int index) => [.. Enumerable.Range(0, 256).Select(sample => ShiftSample((byte)sample, inside, index))];

    /// <summary>The nearest pixel of another size.</summary>
    private static int MapCoordinate(int at, int size, int other) => (int)((at * 2L + 1) * other / (size * 2L));
}
