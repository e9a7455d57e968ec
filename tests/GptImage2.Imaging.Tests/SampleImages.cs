using System.Buffers.Binary;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Tests;

/// <summary>Inputs, drawn in code.</summary>
internal static class SampleImages
{
    internal static readonly SaveOptions Png = new() { Format = ImageFormat.Png };

    /// <summary>Red grows to the right and green downwards, so that every pixel tells where it came from.</summary>
    internal static Image Gradient(int width, int height, byte alpha = 255)
    {
        var pixels = new byte[width * height * 4];
        for (var i = 0; i < width * height; i++)
        {
            pixels[i * 4] = (byte)(i % width * 255 / Math.Max(1, width - 1));
            pixels[(i * 4) + 1] = (byte)(i / width * 255 / Math.Max(1, height - 1));
            pixels[(i * 4) + 2] = 64;
            pixels[(i * 4) + 3] = alpha;
        }

        return Image.FromPixels(new Dimensions(width, height), pixels);
    }

    internal static Image Opaque(int width, int height)
    {
        using var gradient = Gradient(width, height);
        return gradient.Flatten(Colour.White);
    }

    internal static Image Noise(int width, int height, bool alpha = false)
    {
        var pixels = new byte[width * height * 4];
        new Random(7).NextBytes(pixels);
        using var noise = Image.FromPixels(new Dimensions(width, height), pixels);
        return alpha ? noise.CopyToMemory() : noise.Flatten(Colour.White);
    }

    internal static EncodedImage Encoded(this Image picture, ImageFormat format = ImageFormat.Png)
    {
        using (picture)
        {
            return EncodedImage.FromMemory(picture.Encode(new SaveOptions { Format = format }));
        }
    }

    /// <summary>Through any saver of libvips, with any of its options.</summary>
    internal static byte[] SaveWith(VipsImage image, string saver, Action<VipsOperation>? options = null)
    {
        using var stream = new MemoryStream();
        using var target = new VipsTarget(stream);
        var operation = new VipsOperation(saver).With("in", image).With("target", target);
        options?.Invoke(operation);
        operation.Run();
        return stream.ToArray();
    }

    /// <summary>A JPEG of 48x32 stored pixels that says it is to be turned.</summary>
    internal static byte[] WithOrientation(int orientation)
    {
        using var picture = Opaque(48, 32);
        return WithOrientation(picture.Encode(new SaveOptions { Format = ImageFormat.Jpeg, Quality = 100 }), orientation);
    }

    internal static byte[] WithOrientation(byte[] jpeg, int orientation)
    {
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM"u8, 0, 42, 0, 0, 0, 8,
            0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0,
        ];
        return [.. jpeg.AsSpan(0, 2), .. exif, .. WithoutExif(jpeg.AsSpan(2))];
    }

    /// <summary>A PNG that is nothing but a header.</summary>
    internal static byte[] PngHeader(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR", header), .. Chunk("IDAT", [0x78, 0x01, 1, 0, 0]), .. Chunk("IEND", [])];
    }

    /// <summary>A one-pixel GIF of many frames, thirteen bytes each.</summary>
    internal static byte[] Gif(int frames)
    {
        byte[] frame = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];
        byte[] start = [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255];
        return [.. start, .. Enumerable.Repeat(frame, frames).SelectMany(bytes => bytes), 0x3B];
    }

    private static byte[] Chunk(string type, byte[] body)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. body];
        var chunk = new byte[named.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, body.Length);
        named.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(named.Length + 4), Crc(named));
        return chunk;
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }

    private static ReadOnlySpan<byte> WithoutExif(ReadOnlySpan<byte> segments) =>
        segments is [0xFF, 0xE1, var high, var low, ..] ? segments[((high << 8) + low + 2)..] : segments;
}
