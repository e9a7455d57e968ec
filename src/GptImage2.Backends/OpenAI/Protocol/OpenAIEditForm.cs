using GptImage2.Backends.Http;
using GptImage2.Generation.Rendering;

namespace GptImage2.Backends.OpenAI.Protocol;

/// <summary>
/// The form of POST /images/edits (openapi.yaml 2.3.0, 2026-08; openai-node 7.57.0, 2026-11). It has no moderation and no
/// input_fidelity: gpt-image-2 rejects them.
/// </summary>
internal static class OpenAIEditForm
{
    /// <summary>Also a single image is called image[], as in every example of OpenAI's reference and guide; the order of the parts is the numbering in the prompt.</summary>
    public static IReadOnlyList<MultipartFormPart> From(OpenAIRequest request, RenderInputs inputs, ImageArgumentNames arguments) =>
    [
        .. GetTextFields(request).Where(field => field.Value is not null).Select(field => MultipartFormPart.Text(field.Name, field.Value!)),
        .. inputs.Images.Select((image, index) => CreateFilePart("image[]", $"image-{index + 1}", image, arguments[index])),
        .. inputs.Mask is { } mask ? [CreateFilePart("mask", "mask", mask, arguments.MaskOrRegion)] : Array.Empty<MultipartFormPart>(),
    ];

    private static IEnumerable<(string Name, string? Value)> GetTextFields(OpenAIRequest request) =>
    [
        ("model", request.Model),
        ("prompt", request.Prompt),
        ("n", request.N.ToString()),
        ("size", request.Size),
        ("quality", request.Quality),
        ("background", request.Background),
        ("output_format", request.OutputFormat),
        ("output_compression", request.OutputCompression?.ToString()),
        ("stream", request.Stream is true ? "true" : null),
        ("partial_images", request.PartialImages?.ToString()),
    ];

    private static MultipartFormPart CreateFilePart(string name, string fileName, RenderInputImage image, string argument) =>
        MultipartFormPart.File(name, $"{fileName}.{image.Format.Extension}", image.Format.MediaType, image.Image, argument);
}
