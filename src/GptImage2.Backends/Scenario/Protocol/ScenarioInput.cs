using GptImage2.Backends.Scenario.Models;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;

namespace GptImage2.Backends.Scenario.Protocol;

/// <summary>The inputs of model_openai-gpt-image-2 and its successors (their schemas, 2026-08 and 2026-10). Null is left out; an unknown field would be refused.</summary>
internal sealed record ScenarioInput(
    string Prompt, IReadOnlyList<string>? ReferenceImages, string? Mask, int NumOutputs, int Width, int Height, string Quality, string Background)
{
    /// <param name="images">Asset ids in the order in which the prompt numbers them.</param>
    /// <param name="mask">An asset id: fully transparent where the first image is to change.</param>
    public static byte[] Create(Validated<ImageRequest> validated, IReadOnlyList<string> images, string? mask)
    {
        var request = validated.Request;
        return JsonSerializer.SerializeToUtf8Bytes(
            new ScenarioInput(
                validated.PromptAsSent, images is [] ? null : images, mask, request.Count, request.Size.Width, request.Size.Height, request.Quality.Name, request.Background.Name),
            ScenarioJsonContext.Default.ScenarioInput);
    }
}

/// <summary>The inputs of the models that remove backgrounds. Null is left out.</summary>
/// <param name="Image">An asset id.</param>
internal sealed record RemovalInput(string Image, string? OutputFormat, string? BackgroundType)
{
    public static byte[] Create(ScenarioRemover remover, string image) =>
        JsonSerializer.SerializeToUtf8Bytes(new RemovalInput(image, remover.OutputFormat, remover.BackgroundType), ScenarioJsonContext.Default.RemovalInput);
}

/// <summary>POST /assets, for a file that one request carries.</summary>
/// <param name="Image">As a data: URI.</param>
/// <param name="Hide">Keeps it out of the user's gallery.</param>
internal sealed record AssetUpload(string Name, string Image, bool Hide);

/// <summary>POST /uploads, for a file in parts.</summary>
internal sealed record PartedUpload(string FileName, string ContentType, string Kind, int Parts, long FileSize, AssetOptions AssetOptions);

internal sealed record AssetOptions(bool Hide);

internal sealed record UploadAction(string Action);

/// <summary>What it takes to find a request again: its job, or while that is unknown its input and when it was sent.</summary>
internal sealed record Checkpoint(string Model, string? Job, JsonElement? Input, DateTimeOffset Since)
{
    public string ToJson() => JsonSerializer.Serialize(this, ScenarioJsonContext.Default.Checkpoint);

    /// <exception cref="JsonException">It is none of ours.</exception>
    public static Checkpoint Parse(string json) => JsonSerializer.Deserialize(json, ScenarioJsonContext.Default.Checkpoint) ?? throw new JsonException("A checkpoint is an object.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ScenarioInput))]
[JsonSerializable(typeof(RemovalInput))]
[JsonSerializable(typeof(AssetUpload))]
[JsonSerializable(typeof(PartedUpload))]
[JsonSerializable(typeof(UploadAction))]
[JsonSerializable(typeof(Checkpoint))]
internal sealed partial class ScenarioJsonContext : JsonSerializerContext;
