using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Jobs.Persistence;

/// <summary>How plans are written: on one line, without what follows from the rest.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true,
    Converters = [typeof(DimensionsConverter)])]
[JsonSerializable(typeof(JobPlanDto))]
internal sealed partial class JobPlanJsonContext : JsonSerializerContext
{
    /// <summary>These texts never reach a web page, so quotes and letters stay as they are.</summary>
    public static JobPlanJsonContext Written => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
