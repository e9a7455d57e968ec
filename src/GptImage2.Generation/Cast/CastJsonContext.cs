using System.Text.Encodings.Web;

namespace GptImage2.Generation.Cast;

/// <summary>How entries are written: for people to read, to change, and to commit to a project.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    AllowTrailingCommas = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    WriteIndented = true)]
[JsonSerializable(typeof(CastEntry))]
internal sealed partial class CastJsonContext : JsonSerializerContext
{
    /// <summary>These texts never reach a web page, so quotes and letters are not escaped.</summary>
    public static CastJsonContext Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
