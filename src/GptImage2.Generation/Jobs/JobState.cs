using System.Text.Json;
using System.Text.Json.Serialization;
using GptImage2.Generation.Failures;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Jobs;

/// <summary>A job's view as the catalog holds it: pictures by their ids, everything else as it is.</summary>
internal sealed record JobState
{
    public required JobOrder Order { get; init; }

    public required JobStatus Status { get; init; }

    public required JobStage Stage { get; init; }

    public required DateTimeOffset Changed { get; init; }

    public IReadOnlyList<StatedImage> Images { get; init; } = [];

    public int Partials { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    public RenderOutcome? Outcome { get; init; }

    public Failure? Failure { get; init; }

    public decimal? Usd { get; init; }

    public static string Write(JobView view) => JsonSerializer.Serialize(
        new JobState
        {
            Order = view.Order,
            Status = view.Status,
            Stage = view.Stage,
            Changed = view.Changed,
            Images = [.. view.Images.Select(image => new StatedImage(image.Record.Id, image.Copies))],
            Partials = view.Partials,
            Warnings = view.Warnings,
            Outcome = view.Outcome,
            Failure = view.Failure,
            Usd = view.Usd,
        },
        JobJson.Default.JobState);

    /// <summary>The job as its row tells it. Pictures whose records are gone are left out.</summary>
    public static async Task<JobView> ReadAsync(JobRow row, ICatalog catalog, CancellationToken cancellationToken)
    {
        var state = JsonSerializer.Deserialize(row.State, JobJson.Default.JobState)!;
        var images = new List<DeliveredImage>();
        foreach (var image in state.Images)
        {
            if (await catalog.FindAsync(row.Owner, image.Id, cancellationToken) is { } record)
            {
                images.Add(new DeliveredImage(record, image.Copies));
            }
        }

        return new JobView
        {
            Id = row.Id,
            Order = state.Order,
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
internal sealed record StatedImage(string Id, IReadOnlyList<string> Copies);

/// <summary>How jobs are written into the catalog.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    Converters = [typeof(DimensionsConverter)])]
[JsonSerializable(typeof(JobState))]
internal sealed partial class JobJson : JsonSerializerContext;
