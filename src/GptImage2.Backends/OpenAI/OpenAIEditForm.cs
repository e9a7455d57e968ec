using System.Globalization;
using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI.Protocol;
using GptImage2.Generation.Rendering;
using GptImage2.Imaging;

namespace GptImage2.Backends.OpenAI;

/// <summary>The form of POST /images/edits (openapi.yaml 2.3.0, 2026-08; openai-node 7.57.0, 2026-11). It has no moderation and no input_fidelity: gpt-image-2 refuses them.</summary>
internal static class OpenAIEditForm
{
    public static IReadOnlyList<MultipartFormPart> From(OpenAIRequest asked, RenderInputs inputs, ImageArgumentNames arguments) =>
    [
        .. GetTextFields(asked).Where(word => word.Value is not null).Select(word => new MultipartFormPart.Text(word.Name, word.Value!)),
        .. inputs.Images.Select((image, index) => CreateImagePart(image, index, arguments)),
        .. inputs.Mask is { } mask ? [CreateFilePart("mask", "mask", mask, arguments.MaskOrRegion)] : Array.Empty<MultipartFormPart>(),
    ];

    private static IEnumerable<(string Name, string? Value)> GetTextFields(OpenAIRequest asked) =>
    [
        ("model", asked.Model),
        ("prompt", asked.Prompt),
        ("n", FormatNumber(asked.N)),
        ("size", asked.Size),
        ("quality", asked.Quality),
        ("background", asked.Background),
        ("output_format", asked.OutputFormat),
        ("output_compression", FormatNumber(asked.OutputCompression)),
        ("stream", asked.Stream is true ? "true" : null),
        ("partial_images", FormatNumber(asked.PartialImages)),
    ];

    /// <summary>Also one picture alone is called image[], as in every example of OpenAI's reference and guide; the order of the parts is the numbering in the prompt.</summary>
    private static MultipartFormPart.File CreateImagePart(RenderInputImage image, int index, ImageArgumentNames arguments) =>
        CreateFilePart("image[]", string.Create(CultureInfo.InvariantCulture, $"image-{index + 1}"), image, arguments[index]);

    private static MultipartFormPart.File CreateFilePart(string name, string fileName, RenderInputImage image, string argument) =>
        new(name, $"{fileName}.{image.Format.Extension}", image.Format.MediaType, image.Image, argument);

    private static string? FormatNumber(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
