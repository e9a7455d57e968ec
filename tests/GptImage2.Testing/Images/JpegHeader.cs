using System.Buffers.Binary;
using GptImage2.Imaging;

namespace GptImage2.Testing.Images;

/// <summary>What a JPEG file says of itself: the frame header (ITU T.81, B.2.2), found by walking its segments.</summary>
/// <param name="Components">1 grey, 3 colour, 4 CMYK.</param>
public sealed record JpegHeader(Dimensions Size, int Components)
{
    /// <exception cref="InvalidDataException">It is no JPEG file, or has no frame before its pixels.</exception>
    public static JpegHeader Read(ReadOnlySpan<byte> file)
    {
        Require(file is [0xFF, 0xD8, ..], "no start");
        JpegHeader? frame = null;
        var at = 2;
        while (true)
        {
            Require(at + 4 <= file.Length && file[at] == 0xFF, "segments out of step");
            var (marker, length) = (file[at + 1], BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]));
            Require(length >= 2 && at + 2 + length <= file.Length, "a segment longer than the file");
            var segment = file.Slice(at + 4, length - 2);
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                Require(frame is null && segment.Length >= 6, "bad frame");
                frame = ReadFrame(segment);
            }

            if (marker == 0xDA)
            {
                Require(file[at..].LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) > 0, "no end");
                return frame ?? throw new InvalidDataException("Not a sound JPEG: pixels without a frame.");
            }

            at += 2 + length;
        }
    }

    private static JpegHeader ReadFrame(ReadOnlySpan<byte> segment)
    {
        var (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(segment[1..]), BinaryPrimitives.ReadUInt16BigEndian(segment[3..]));
        Require(width > 0 && height > 0 && segment[5] is 1 or 3 or 4 && segment.Length == 6 + 3 * segment[5], "bad frame");
        return new JpegHeader(new Dimensions(width, height), segment[5]);
    }

    private static void Require(bool right, string why)
    {
        if (!right)
        {
            throw new InvalidDataException($"Not a sound JPEG: {why}.");
        }
    }
}
