using GptImage2.Generation.Rendering;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Jobs.Persistence;

/// <summary>A job's snapshot as it is persisted: images by their ids, everything else as it is.</summary>
internal sealed record JobSnapshotDto
{
    public required JobSummary Order { get; init; }

    public required JobStatus Status { get; init; }

    public required JobStage Stage { get; init; }

    public string? Checkpoint { get; init; }

    public DateTimeOffset? Begun { get; init; }

    public required DateTimeOffset Changed { get; init; }

    public IReadOnlyList<DeliveredImageDto> Images { get; init; } = [];

    public int Partials { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    public IReadOnlyList<PanelResult>? Panels { get; init; }

    public RenderOutcome? Outcome { get; init; }

    public Failure? Failure { get; init; }

    public decimal? Usd { get; init; }

    public static string Serialize(JobSnapshot snapshot) => JsonSerializer.Serialize(
        new JobSnapshotDto
        {
            Order = snapshot.Summary,
            Status = snapshot.Status,
            Stage = snapshot.Stage,
            Checkpoint = snapshot.Checkpoint,
            Begun = snapshot.Begun,
            Changed = snapshot.Changed,
            Images = [.. snapshot.Images.Select(image => new DeliveredImageDto(image.Record.Id, image.Copies, image.Replaced))],
            Partials = snapshot.Partials,
            Warnings = snapshot.Warnings,
            Panels = snapshot.Panels is [] ? null : snapshot.Panels,
            Outcome = snapshot.Outcome,
            Failure = snapshot.Failure,
            Usd = snapshot.Usd,
        },
        JobsJsonContext.Relaxed.JobSnapshotDto);

    /// <summary>The images of a persisted snapshot, the last first.</summary>
    public static IEnumerable<DeliveredImageDto> ReadImages(string state) =>
        JsonSerializer.Deserialize(state, JobsJsonContext.Relaxed.JobSnapshotDto)!.Images.Reverse();

    /// <summary>The snapshot of a record. Images whose records are gone are left out.</summary>
    public static async Task<JobSnapshot> DeserializeAsync(JobRecord record, IImageCatalog catalog, CancellationToken cancellationToken)
    {
        var state = JsonSerializer.Deserialize(record.State, JobsJsonContext.Relaxed.JobSnapshotDto)!;
        var images = new List<DeliveredImage>();
        foreach (var image in state.Images)
        {
            if (await catalog.FindAsync(record.Owner, image.Id, cancellationToken) is { } found)
            {
                images.Add(new DeliveredImage(found, image.Copies) { Replaced = image.Replaced });
            }
        }

        return new JobSnapshot
        {
            Id = record.Id,
            Summary = state.Order,
            Status = state.Status,
            Stage = state.Stage,
            Sent = record.Sent,
            Started = record.Started,
            Checkpoint = state.Checkpoint,
            Begun = state.Begun,
            Changed = state.Changed,
            Images = images,
            Partials = state.Partials,
            Warnings = state.Warnings,
            Panels = state.Panels ?? [],
            Outcome = state.Outcome,
            Failure = state.Failure,
            Usd = state.Usd,
        };
    }
}

/// <summary>A delivered image by its id.</summary>
internal sealed record DeliveredImageDto(string Id, IReadOnlyList<string> Copies, bool Replaced = false);
