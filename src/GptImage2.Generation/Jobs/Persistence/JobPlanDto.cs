using System.Text.Encodings.Web;
using GptImage2.Generation.Json;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Compositing;

namespace GptImage2.Generation.Jobs.Persistence;

/// <summary>A plan as it is persisted: everything of it but the caller's own files and the service.</summary>
internal sealed record JobPlanDto
{
    public required Caller Caller { get; init; }

    public required string Tool { get; init; }

    public required string Backend { get; init; }

    public string? Notice { get; init; }

    public required string Model { get; init; }

    /// <summary>With its images as the caller named them, but never with their bytes.</summary>
    public required ImageRequest Request { get; init; }

    /// <summary>One for each image of the request, in its order.</summary>
    public required IReadOnlyList<InputImageDto> Pictures { get; init; }

    public RegionPlanDto? Region { get; init; }

    public required Price Price { get; init; }

    public string? CopyTo { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }
}

/// <summary>An image that a plan works on.</summary>
/// <param name="Record">How it was made, where it is one of ours.</param>
internal sealed record InputImageDto(StoredFile Stored, ImageInfo Header, ImageRecord? Record);

/// <summary>How an image is edited in part.</summary>
/// <param name="Mask">A grey image of the bounds: white where pixels change.</param>
/// <param name="Bounds">In pixels of the upright original.</param>
internal sealed record RegionPlanDto(
    StoredFile Mask, PixelArea Bounds, int Feather, CanvasPlacement Fit, OutsidePixels Outside, IReadOnlyList<string> Warnings, bool MatchColours = true);

/// <summary>How plans and snapshots are persisted: on one line, without computed properties.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true,
    Converters = [typeof(DimensionsConverter)])]
[JsonSerializable(typeof(JobPlanDto))]
[JsonSerializable(typeof(JobSnapshotDto))]
internal sealed partial class JobsJsonContext : JsonSerializerContext
{
    /// <summary>These texts never reach a web page, so quotes and letters are not escaped.</summary>
    public static JobsJsonContext Relaxed => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
