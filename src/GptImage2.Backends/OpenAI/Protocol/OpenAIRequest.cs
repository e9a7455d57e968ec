using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;

namespace GptImage2.Backends.OpenAI.Protocol;

/// <summary>The body of POST /images/generations (openapi.yaml 2.3.0, 2026-08; openai-node 7.57.0, 2026-11). Null is left out.</summary>
internal sealed record OpenAIRequest(
    string Model,
    string Prompt,
    int N,
    string Size,
    string Quality,
    string Background,
    string OutputFormat,
    int? OutputCompression,
    bool? Stream,
    int? PartialImages)
{
    /// <param name="stream">Whether a single image is to arrive as events.</param>
    public static OpenAIRequest From(Validated<ImageRequest> validated, bool stream)
    {
        // No event says which of several images it is about, so several come as one response.
        var (request, profile) = (validated.Request, validated.Profile);
        var streams = stream && request.Count == 1;
        return new OpenAIRequest(
            profile.Model,
            validated.PromptAsSent,
            request.Count,
            request.Size.ToString(),
            request.Quality.Name,
            request.Background.Name,
            request.RenderFormat.Name,
            request.RenderCompression,
            streams ? true : null,
            streams && profile.PartialImages > 0 ? profile.PartialImages : null);
    }

    public byte[] ToUtf8Json() => JsonSerializer.SerializeToUtf8Bytes(this, OpenAIJsonContext.Default.OpenAIRequest);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OpenAIRequest))]
internal sealed partial class OpenAIJsonContext : JsonSerializerContext;
