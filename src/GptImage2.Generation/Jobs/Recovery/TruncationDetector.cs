using System.Buffers.Binary;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.Jobs.Recovery;

/// <summary>Distinguishes a complete image file from one that a crash truncated, by structure alone: no pixel is decoded.</summary>
internal static class TruncationDetector
{
    private static ReadOnlySpan<byte> PngEnd => [0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82];

    /// <summary>Whether the file is a complete image. A format without a recognisable end counts as truncated.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static bool IsComplete(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return IsComplete(file);
    }

    internal static bool IsComplete(Stream file)
    {
        Span<byte> head = stackalloc byte[64];
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        try
        {
            return FormatSniffer.Detect(head) switch
            {
                ImageFormat.Png => EndsWith(file, PngEnd),
                ImageFormat.Jpeg => EndsWith(file, [0xFF, 0xD9]) && FindJpegPixels(file) < file.Length - 2,
                ImageFormat.Webp => BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) + 8L == file.Length,
                ImageFormat.Gif => FindGifEnd(file) == file.Length,
                ImageFormat.Heif or ImageFormat.Avif => HasCompleteBoxes(file),
                _ => false,
            };
        }
        catch (EndOfStreamException)
        {
            // The file ends within a structure.
            return false;
        }
    }

    private static bool EndsWith(Stream file, ReadOnlySpan<byte> end)
    {
        Span<byte> last = stackalloc byte[end.Length];
        file.Position = Math.Max(0, file.Length - end.Length);
        file.ReadExactly(last);
        return last.SequenceEqual(end);
    }

    /// <returns>Where the pixels begin: the thumbnail that a camera puts before them ends like the image itself.</returns>
    private static long FindJpegPixels(Stream file)
    {
        Span<byte> marker = stackalloc byte[4];
        for (file.Position = 2; ; file.Position += BinaryPrimitives.ReadUInt16BigEndian(marker[2..]) - 2)
        {
            file.ReadExactly(marker);
            if (marker is not [0xFF, >= 0xC0, ..])
            {
                throw new EndOfStreamException();
            }

            if (marker[1] is 0xDA)
            {
                return file.Position;
            }
        }
    }

    /// <returns>The length of the file if its last block is whole. Blocks are walked, because pixels may look like the end.</returns>
    private static long FindGifEnd(Stream file)
    {
        file.Position = 10;
        var colours = ReadByte(file);
        file.Position = 13 + GetPaletteLength(colours);
        while (true)
        {
            switch (ReadByte(file))
            {
                case 0x3B:
                    return file.Position;
                case 0x21:
                    file.Position++;
                    break;
                case 0x2C:
                    file.Position += 8;
                    file.Position += GetPaletteLength(ReadByte(file)) + 1;
                    break;
                default:
                    throw new EndOfStreamException();
            }

            for (int length; (length = ReadByte(file)) > 0;)
            {
                file.Position += length;
            }
        }
    }

    private static int GetPaletteLength(int flags) => (flags & 0x80) is 0 ? 0 : 3 << ((flags & 7) + 1);

    /// <summary>Whether the last box ends where the file does, and both the metadata and the pixels are there.</summary>
    private static bool HasCompleteBoxes(Stream file)
    {
        Span<byte> box = stackalloc byte[16];
        var (described, drawn) = (false, false);
        for (var at = 0L; at < file.Length;)
        {
            file.Position = at;
            file.ReadExactly(box[..8]);
            described |= box[4..8].SequenceEqual("meta"u8);
            drawn |= box[4..8].SequenceEqual("mdat"u8);
            var length = (long)BinaryPrimitives.ReadUInt32BigEndian(box);
            if (length is 1)
            {
                file.ReadExactly(box[8..]);
                length = BinaryPrimitives.ReadInt64BigEndian(box[8..]);
            }

            at += length >= 8 && length <= file.Length - at ? length : throw new EndOfStreamException();
        }

        return described && drawn;
    }

    private static int ReadByte(Stream file) => file.ReadByte() is >= 0 and var value ? value : throw new EndOfStreamException();
}
