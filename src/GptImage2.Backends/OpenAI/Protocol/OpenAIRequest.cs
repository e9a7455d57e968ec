using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;

namespace GptImage2.Backends.OpenAI.Protocol;

/// <summary>The body of POST /images/generations (openapi.yaml 2.3.0, 2026-08; openai-node 7.57.0, 2026-11). Null is left out.</summary>
internal sealed record OpenAIRequest
{
    public required string Model { get; init; }

    public required string Prompt { get; init; }

    public required int N { get; init; }

    public required string Size { get; init; }

    public required string Quality { get; init; }

    public required string Background { get; init; }

    public required string OutputFormat { get; init; }

    public int? OutputCompression { get; init; }

    public bool? Stream { get; init; }

    public int? PartialImages { get; init; }

    /// <param name="stream">Whether a single image is to arrive as events.</param>
    public static OpenAIRequest From(Validated<ImageRequest> validated, bool stream)
    {
        // No event says which of several images it is about, so several come as one response.
        var (request, profile) = (validated.Request, validated.Profile);
        var streams = stream && request.Count == 1;
        return new OpenAIRequest
        {
            Model = profile.Model,
            Prompt = validated.PromptAsSent,
            N = request.Count,
            Size = request.Size.ToString(),
            Quality = request.Quality.Name,
            Background = request.Background.Name,
            OutputFormat = request.RenderFormat.Name,
            OutputCompression = request.RenderCompression,
            Stream = streams ? true : null,
            PartialImages = streams && profile.PartialImages > 0 ? profile.PartialImages : null,
        };
    }

    public byte[] ToUtf8Json() => JsonSerializer.SerializeToUtf8Bytes(this, OpenAIJsonContext.Default.OpenAIRequest);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OpenAIRequest))]
internal sealed partial class OpenAIJsonContext : JsonSerializerContext;
