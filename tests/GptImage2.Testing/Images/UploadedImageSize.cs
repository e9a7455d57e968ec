using System.Buffers.Binary;
using GptImage2.Imaging;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Webp;

namespace GptImage2.Testing.Images;

/// <summary>The size of an uploaded JPEG or WebP image as ImageSharp reads it, after the checks that it leaves out.</summary>
public static class UploadedImageSize
{
    /// <exception cref="InvalidDataException">No JPEG, a truncated one, or CMYK.</exception>
    public static Dimensions ReadJpeg(ReadOnlySpan<byte> file)
    {
        var info = Identify<JpegFormat>(file);
        Require(info.PixelType.BitsPerPixel is 8 or 24, "neither grey nor colour");
        Require(file.LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) > file.LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]), "no end of image after the last scan");
        return new Dimensions(info.Width, info.Height);
    }

    /// <exception cref="InvalidDataException">No WebP, a truncated one, or an animation.</exception>
    public static Dimensions ReadWebp(ReadOnlySpan<byte> file)
    {
        var info = Identify<WebpFormat>(file);
        Require(BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) == file.Length - 8, "another length than it says");
        Require(BinaryPrimitives.ReadUInt32LittleEndian(file[16..]) <= file.Length - 20, "a chunk longer than the file");
        Require(!file[12..16].SequenceEqual("VP8X"u8) || (file[20] & 2) == 0, "an animation");
        return new Dimensions(info.Width, info.Height);
    }

    private static IImageInfo Identify<TFormat>(ReadOnlySpan<byte> file)
        where TFormat : IImageFormat
    {
        try
        {
            var info = Image.Identify(file.ToArray(), out var format);
            return info is not null && format is TFormat ? info : throw new InvalidDataException($"The file is no {typeof(TFormat).Name}.");
        }
        catch (ImageFormatException exception)
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new InvalidDataException($"Not a sound image: {problem}.");
        }
    }
}
