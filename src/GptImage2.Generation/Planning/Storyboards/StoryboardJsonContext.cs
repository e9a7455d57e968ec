using System.Text.Encodings.Web;
using GptImage2.Generation.Requests;

namespace GptImage2.Generation.Planning.Storyboards;

/// <summary>How boards are kept: on one line.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Storyboard))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class StoryboardJsonContext : JsonSerializerContext
{
    /// <summary>These texts never reach a web page, so quotes and letters are not escaped.</summary>
    public static StoryboardJsonContext Relaxed => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>For people to read.</summary>
    public static StoryboardJsonContext Readable => field ??= new(new JsonSerializerOptions(Relaxed.Options) { WriteIndented = true });
}
