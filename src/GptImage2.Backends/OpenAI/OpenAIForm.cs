using System.Globalization;
using GptImage2.Backends.Wire;
using GptImage2.Generation.Rendering;
using GptImage2.Imaging;

namespace GptImage2.Backends.OpenAI;

/// <summary>The form of POST /images/edits (openapi.yaml 2.3.0, 2026-08; openai-node 7.57.0, 2026-11). It has no moderation and no input_fidelity: gpt-image-2 refuses them.</summary>
internal static class OpenAIForm
{
    public static IReadOnlyList<FormPart> From(OpenAIRequest asked, RenderInputs inputs, PictureArguments arguments) =>
    [
        .. Words(asked).Where(word => word.Value is not null).Select(word => new FormPart.Text(word.Name, word.Value!)),
        .. inputs.Images.Select((image, index) => Image(image, index, arguments)),
        .. inputs.Mask is { } mask ? [File("mask", "mask", mask, arguments.Mask)] : Array.Empty<FormPart>(),
    ];

    private static IEnumerable<(string Name, string? Value)> Words(OpenAIRequest asked) =>
    [
        ("model", asked.Model),
        ("prompt", asked.Prompt),
        ("n", Number(asked.N)),
        ("size", asked.Size),
        ("quality", asked.Quality),
        ("background", asked.Background),
        ("output_format", asked.OutputFormat),
        ("output_compression", Number(asked.OutputCompression)),
        ("stream", asked.Stream is true ? "true" : null),
        ("partial_images", Number(asked.PartialImages)),
    ];

    /// <summary>Also one picture alone is called image[], as in every example of OpenAI's reference and guide; the order of the parts is the numbering in the prompt.</summary>
    private static FormPart.File Image(RenderInputImage image, int index, PictureArguments arguments) =>
        File("image[]", string.Create(CultureInfo.InvariantCulture, $"image-{index + 1}"), image, arguments[index]);

    private static FormPart.File File(string name, string fileName, RenderInputImage image, string argument) =>
        new(name, $"{fileName}.{image.Format.Extension}", image.Format.MediaType, image.Image, argument);

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
