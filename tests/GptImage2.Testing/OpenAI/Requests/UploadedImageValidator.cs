using GptImage2.Imaging;
using GptImage2.Testing.Images;

namespace GptImage2.Testing.OpenAI.Requests;

/// <summary>Judges the files of an edit by their names, types and bytes (openapi.yaml 2.3.0 and the image guide of September 2026).</summary>
internal static class UploadedImageValidator
{
    private const int MaxImageBytes = 50_000_000;
    private const int MaxMaskBytes = 4_000_000;

    private static readonly Dictionary<string, string[]> Extensions = new()
    {
        ["image/png"] = [".png"],
        ["image/jpeg"] = [".jpg", ".jpeg"],
        ["image/webp"] = [".webp"],
    };

    /// <param name="number">Its place among the images, from 1.</param>
    public static ReceivedImage Image(ReceivedFormPart part, int number)
    {
        var name = part.Name == "image" ? "image" : $"image[{number - 1}]";
        if (!part.IsFile)
        {
            throw new ApiErrorException(new(400, "Invalid type for 'image': expected one of an array of files or file, but got a string instead.", Param: name, Code: "invalid_type"));
        }

        CheckType(part, name, ["image/jpeg", "image/png", "image/webp"]);
        if (part.Bytes.Length >= MaxImageBytes)
        {
            throw new ApiErrorException(new(400, $"Image {number} is too large: expected less than 50MB.", Param: name, Code: "image_too_large"));
        }

        try
        {
            return new ReceivedImage(part.Name, part.FileName!, part.ContentType!, part.ContentType![6..], Size(part), part.Bytes);
        }
        catch (InvalidDataException)
        {
            throw new ApiErrorException(new(400, $"Invalid image file or mode for image {number}, please check your image file.", "image_generation_user_error", Code: "invalid_image_file"));
        }
    }

    public static ReceivedImage Mask(ReceivedFormPart part, Dimensions first)
    {
        if (!part.IsFile)
        {
            throw new ApiErrorException(new(400, "Invalid type for 'mask': expected a file, but got a string instead.", Param: "mask", Code: "invalid_type"));
        }

        CheckType(part, "mask", ["image/png"]);
        if (part.Bytes.Length >= MaxMaskBytes)
        {
            throw CreateError("mask image must be less than 4MB");
        }

        try
        {
            var png = PngFile.Read(part.Bytes.Span);
            Require(png.Header.HasAlpha, "mask image missing alpha channel");
            Require(png.Header.Size == first, "mask size does not match image size");
            Require(png.Decode().HasClearPixel, "mask image has no fully transparent pixel");
            return new ReceivedImage(part.Name, part.FileName!, part.ContentType!, "png", png.Header.Size, part.Bytes);
        }
        catch (InvalidDataException)
        {
            throw CreateError("mask is not a valid PNG file");
        }
    }

    private static void CheckType(ReceivedFormPart part, string name, string[] types)
    {
        if (part.ContentType is not { } type || !types.Contains(type))
        {
            var supported = string.Join(", ", types.Select(t => $"'{t}'"));
            throw new ApiErrorException(new(400, $"Invalid file '{name}': unsupported mimetype ('{part.ContentType ?? "application/octet-stream"}'). Supported file formats are {supported}.", Param: name, Code: "unsupported_file_mimetype"));
        }

        if (!Extensions[type].Any(extension => part.FileName!.EndsWith(extension, StringComparison.Ordinal)))
        {
            throw new ApiErrorException(ApiError.InvalidValue(name, $"Invalid file '{name}': the name '{part.FileName}' is not one of a file of type '{type}'."));
        }
    }

    /// <exception cref="InvalidDataException">The bytes are not what the content type says, or nothing the models read.</exception>
    private static Dimensions Size(ReceivedFormPart part)
    {
        switch (part.ContentType)
        {
            case "image/png":
                var header = PngFile.Read(part.Bytes.Span).Header;
                // Sixteen bits of grey are a kind of pixel of their own where the service reads files.
                return header is { ColourType: 0, Depth: 16 } ? throw new InvalidDataException("No such mode.") : header.Size;
            case "image/jpeg":
                return UploadedImageSize.ReadJpeg(part.Bytes.Span);
            default:
                return UploadedImageSize.ReadWebp(part.Bytes.Span);
        }
    }

    private static void Require(bool right, string why)
    {
        if (!right)
        {
            throw CreateError(why);
        }
    }

    private static ApiErrorException CreateError(string why) =>
        new(new(400, $"Invalid mask image format - {why}", "image_generation_user_error", "mask", "invalid_image_file"));
}
