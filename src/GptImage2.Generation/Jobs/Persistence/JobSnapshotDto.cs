using System.Text.Json;
using System.Text.Json.Serialization;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Jobs.Persistence;

/// <summary>A job's view as the catalog holds it: pictures by their ids, everything else as it is.</summary>
internal sealed record JobSnapshotDto
{
    public required JobSummary Order { get; init; }

    public required JobStatus Status { get; init; }

    public required JobStage Stage { get; init; }

    public required DateTimeOffset Changed { get; init; }

    public IReadOnlyList<DeliveredImageDto> Images { get; init; } = [];

    public int Partials { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    public RenderOutcome? Outcome { get; init; }

    public Failure? Failure { get; init; }

    public decimal? Usd { get; init; }

    public static string Serialize(JobSnapshot view) => JsonSerializer.Serialize(
        new JobSnapshotDto
        {
            Order = view.Summary,
            Status = view.Status,
            Stage = view.Stage,
            Changed = view.Changed,
            Images = [.. view.Images.Select(image => new DeliveredImageDto(image.Record.Id, image.Copies))],
            Partials = view.Partials,
            Warnings = view.Warnings,
            Outcome = view.Outcome,
            Failure = view.Failure,
            Usd = view.Usd,
        },
        JobSnapshotJsonContext.Default.JobSnapshotDto);

    /// <summary>The job as its row tells it. Pictures whose records are gone are left out.</summary>
    public static async Task<JobSnapshot> DeserializeAsync(JobRecord row, IImageCatalog catalog, CancellationToken cancellationToken)
    {
        var state = JsonSerializer.Deserialize(row.State, JobSnapshotJsonContext.Default.JobSnapshotDto)!;
        var images = new List<DeliveredImage>();
        foreach (var image in state.Images)
        {
            if (await catalog.FindAsync(row.Owner, image.Id, cancellationToken) is { } record)
            {
                images.Add(new DeliveredImage(record, image.Copies));
            }
        }

        return new JobSnapshot
        {
            Id = row.Id,
            Summary = state.Order,
            Status = state.Status,
            Stage = state.Stage,
            Sent = row.Sent,
            Started = row.Started,
            Changed = state.Changed,
            Images = images,
            Partials = state.Partials,
            Warnings = state.Warnings,
            Outcome = state.Outcome,
            Failure = state.Failure,
            Usd = state.Usd,
        };
    }
}

/// <summary>A delivered picture by its id.</summary>
internal sealed record DeliveredImageDto(string Id, IReadOnlyList<string> Copies);

/// <summary>How jobs are written into the catalog.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    Converters = [typeof(DimensionsConverter)])]
[JsonSerializable(typeof(JobSnapshotDto))]
internal sealed partial class JobSnapshotJsonContext : JsonSerializerContext;
