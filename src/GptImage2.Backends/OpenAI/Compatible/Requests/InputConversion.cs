using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI.Compatible.Servers;
using GptImage2.Generation.Rendering;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Backends.OpenAI.Compatible.Requests;

/// <summary>Images and masks as a server takes them, where that is not how OpenAI does.</summary>
internal static class InputConversion
{
    public static RenderInputs Prepare(ServerTraits server, RenderInputs inputs) => new(
        server.FlattensAlpha ? [.. inputs.Images.Select(Flatten)] : inputs.Images,
        inputs.Mask is { } mask && server.HasWhiteMask ? ToWhiteMask(mask) : inputs.Mask);

    /// <exception cref="UnreadableInputException">It is gone.</exception>
    public static string ToBase64((RenderInputImage Image, string Argument) input)
    {
        try
        {
            using var content = input.Image.Image.OpenRead();
            var bytes = new byte[input.Image.Image.Length];
            content.ReadExactly(bytes);
            return Convert.ToBase64String(bytes);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableInputException(input.Argument, gone);
        }
    }

    /// <summary>What is transparent becomes white; an image without transparency stays as it is, byte for byte.</summary>
    private static RenderInputImage Flatten(RenderInputImage input)
    {
        try
        {
            if (!ImageHeader.Read(input.Image).HasAlpha)
            {
                return input;
            }

            using var image = Image.Open(input.Image);
            using var flat = image.Flatten(Colour.White);
            return input with { Image = EncodedImage.FromMemory(flat.Encode(new SaveOptions { Format = ImageFormat.Png })), Format = ImageFormat.Png };
        }
        catch (UnreadableImageException)
        {
            // It was made by this server, and is for the other one to judge.
            return input;
        }
    }

    /// <summary>White where the mask is clear, black elsewhere.</summary>
    private static RenderInputImage ToWhiteMask(RenderInputImage mask)
    {
        using var image = Image.Open(mask.Image);
        var pixels = image.ToRgbaBytes();
        for (var at = 0; at < pixels.Length; at += 4)
        {
            var value = pixels[at + 3] is 0 ? byte.MaxValue : (byte)0;
            (pixels[at], pixels[at + 1], pixels[at + 2], pixels[at + 3]) = (value, value, value, byte.MaxValue);
        }

        using var white = Image.FromPixels(image.Size, pixels);
        using var opaque = white.Flatten(Colour.White);
        return mask with { Image = EncodedImage.FromMemory(opaque.Encode(new SaveOptions { Format = ImageFormat.Png })), Format = ImageFormat.Png };
    }
}
