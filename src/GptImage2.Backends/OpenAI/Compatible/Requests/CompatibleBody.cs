using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI.Compatible.Servers;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;

namespace GptImage2.Backends.OpenAI.Compatible.Requests;

/// <summary>The JSON of a request, in the style of its server. Null is left out.</summary>
internal sealed record CompatibleBody(string? Model, string Prompt, int N)
{
    /// <summary>OpenRouter's shapes, of which the nearest is asked for.</summary>
    private static readonly (int Width, int Height)[] Shapes = [(1, 1), (5, 4), (4, 5), (4, 3), (3, 4), (3, 2), (2, 3), (16, 9), (9, 16), (21, 9), (9, 21)];

    public string? Size { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    public string? AspectRatio { get; init; }

    public string? Resolution { get; init; }

    public string? ResponseFormat { get; init; }

    public string? OutputFormat { get; init; }

    public string? Quality { get; init; }

    public string? Background { get; init; }

    /// <summary>LocalAI's: base64.</summary>
    public IReadOnlyList<string>? RefImages { get; init; }

    /// <summary>Together's: a data: link.</summary>
    public string? ImageUrl { get; init; }

    public IReadOnlyList<InputReference>? InputReferences { get; init; }

    /// <param name="images">Each with what the caller knows it as.</param>
    /// <exception cref="UnreadableInputException">An image is gone.</exception>
    public static byte[] Create(ServerTraits server, string? model, ImageRequest request, string prompt, int count, IReadOnlyList<(RenderInputImage Image, string Argument)> images)
    {
        var common = new CompatibleBody(model, prompt, count)
        {
            ResponseFormat = server.ResponseFormat,
            OutputFormat = server.TakesOutputFormat ? "png" : null,
            Quality = server.TakesOpenAIFields ? request.Quality.Name : null,
            Background = server.TakesOpenAIFields ? request.Background.Name : null,
        };
        var body = server.Body switch
        {
            BodyStyle.OpenRouter => common with
            {
                AspectRatio = FindShape(request.Size),
                Resolution = request.Size.PixelCount switch { <= 1_600_000 => "1K", <= 4_300_000 => "2K", _ => "4K" },
                InputReferences = images is [] ? null : [.. images.Select(image => new InputReference("image_url", new LinkedImage(ToDataUrl(image))))],
            },
            BodyStyle.Together => common with
            {
                Width = request.Size.Width,
                Height = request.Size.Height,
                ImageUrl = images is [var first, ..] ? ToDataUrl(first) : null,
            },
            _ => common with { Size = request.Size.ToString(), RefImages = images is [] ? null : [.. images.Select(InputConversion.ToBase64)] },
        };
        return JsonSerializer.SerializeToUtf8Bytes(body, CompatibleJsonContext.Default.CompatibleBody);
    }

    private static string ToDataUrl((RenderInputImage Image, string Argument) image) => $"data:{image.Image.Format.MediaType};base64,{InputConversion.ToBase64(image)}";

    private static string FindShape(Dimensions size)
    {
        var (width, height) = Shapes.MinBy(shape => Math.Abs(Math.Log((double)size.Width * shape.Height / ((double)size.Height * shape.Width))));
        return $"{width}:{height}";
    }
}

internal sealed record InputReference(string Type, LinkedImage ImageUrl);

internal sealed record LinkedImage(string Url);

/// <summary>The body of POST /sdcpp/v1/img_gen (stable-diffusion.cpp's api.md, 2026-11). Images are base64.</summary>
internal sealed record SdServerRequest(string Prompt, int Width, int Height, int BatchCount, string OutputFormat)
{
    public string? InitImage { get; init; }

    public IReadOnlyList<string>? RefImages { get; init; }

    public string? MaskImage { get; init; }

    public byte[] ToUtf8Json() => JsonSerializer.SerializeToUtf8Bytes(this, CompatibleJsonContext.Default.SdServerRequest);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CompatibleBody))]
[JsonSerializable(typeof(SdServerRequest))]
internal sealed partial class CompatibleJsonContext : JsonSerializerContext;
