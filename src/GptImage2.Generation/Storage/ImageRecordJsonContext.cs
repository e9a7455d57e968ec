using System.Text.Encodings.Web;
using GptImage2.Generation.Json;
using GptImage2.Imaging.Matting.Inspection;
using GptImage2.Imaging.Matting.Verification;

namespace GptImage2.Generation.Storage;

/// <summary>How records are written: on one line in the catalog, readable next to the images.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters =
    [
        typeof(DimensionsConverter),
        typeof(SnakeCaseEnumConverter<CutoutProfile>),
        typeof(SnakeCaseEnumConverter<CutoutFindingKind>),
        typeof(SnakeCaseEnumConverter<ImageEdges>),
    ])]
[JsonSerializable(typeof(ImageRecord))]
internal sealed partial class ImageRecordJsonContext : JsonSerializerContext
{
    public static ImageRecordJsonContext Compact => field ??= new(CreateOptions(indented: false));

    public static ImageRecordJsonContext Readable => field ??= new(CreateOptions(indented: true));

    /// <summary>These texts never reach a web page, so quotes and letters are not escaped.</summary>
    private static JsonSerializerOptions CreateOptions(bool indented) => new(Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = indented,
    };
}
