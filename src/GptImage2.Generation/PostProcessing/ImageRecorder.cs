using GptImage2.Generation.Errors;
using GptImage2.Generation.Inputs;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;
using Microsoft.Extensions.Logging;

namespace GptImage2.Generation.PostProcessing;

/// <summary>Writes down what has arrived, and hands it to whoever waits for the job.</summary>
public sealed partial class ImageRecorder(IImageStore store, IImageCatalog catalog, ImageStoreEvents announcements, TimeProvider clock, ILogger<ImageRecorder> logger)
{
    /// <summary>Opens the place of one picture of a job.</summary>
    /// <param name="number">Which picture of the job, from 1.</param>
    public IncomingImage CreateImage(Job job, int number) => store.CreateImage(new ImageDraft(job.Snapshot.Id, number, job.Plan.Request.Prompt));

    /// <summary>Opens the place of what is made from a kept picture of a job; made again, it takes the same place.</summary>
    public IncomingImage CreateProcessedImage(Job job, ImageRecord kept) =>
        store.CreateImage(new ImageDraft(job.Snapshot.Id, kept.Number, job.Plan.Request.Prompt) { Finished = true, DerivedFromPath = kept.File.Path });

    /// <summary>Records a picture whose bytes are safe.</summary>
    public Task<ImageRecord> RecordAsync(Job job, StoredImage kept, int number, bool delivered, string? derivedFrom = null, RegionReport? region = null, double? seeThrough = null)
    {
        var plan = job.Plan;
        return RecordAsync(job, new ImageRecord
        {
            Id = kept.Id,
            Owner = plan.Caller.Owner,
            JobId = job.Snapshot.Id,
            Number = number,
            Created = clock.GetUtcNow(),
            DerivedFrom = derivedFrom,
            Delivered = delivered,
            File = kept.File,
            Prompt = plan.Request.Prompt,
            PromptAsSent = plan.PromptAsSent is var sent && sent != plan.Request.Prompt ? sent : null,
            Inputs = plan.Inputs is [] ? null : [.. plan.Inputs.Select(ToRecordedInput)],
            Region = region,
            SeeThrough = seeThrough,
            Tool = plan.Tool,
            Backend = plan.Backend.Name,
            Model = plan.Validated.Profile.Model,
            Quality = plan.Request.Quality.ToString().ToLowerInvariant(),
        });
    }

    /// <summary>Writes a record down. A catalog that fails costs the picture its place in lists, never the picture.</summary>
    public async Task<ImageRecord> RecordAsync(Job job, ImageRecord record)
    {
        await TryWriteAsync(job, record, "its record could not be written", () => store.WriteRecordAsync(record, CancellationToken.None));
        await TryWriteAsync(job, record, "it could not be written into the catalog", () => catalog.AddAsync(record, CancellationToken.None));
        return record;
    }

    private static RecordedInput ToRecordedInput(InputImage input) => new(input.Reference.Role.Name, input.Resolved.Record?.Id, input.Stored!.Sha256);

    private async Task TryWriteAsync(Job job, ImageRecord record, string lost, Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception failure)
        {
            LogUnrecorded(failure, record.Id);
            job.AddWarning($"Image {record.Id} is kept at {DescribeLocation(record)}, but {lost}: {failure.Message}");
        }
    }

    /// <summary>Makes the further copies that were asked for, then shows the picture to whoever waits.</summary>
    public async Task DeliverAsync(Job job, ImageRecord record)
    {
        var copies = new List<string>();
        if (job.Plan.CopyTo is { } place)
        {
            try
            {
                copies.Add(await SaveToWriter.CopyAsync(store, record.File, place, record.Number, job.Plan.Request.Count, CancellationToken.None));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ImageException)
            {
                job.AddWarning($"save_to: the copy could not be written ({failure.Message}). The picture itself is safe at {DescribeLocation(record)}.");
            }
        }

        if (record.File.Location is not StorageLocation.Store)
        {
            WarnRelocated(job, record);
        }

        job.AddImage(new DeliveredImage(record, copies));
        announcements.RaiseImagesChanged();
    }

    private string DescribeLocation(ImageRecord record) => store.GetAbsolutePath(record.File) ?? $"image://{record.Id}";

    /// <summary>The picture is what was asked for, but not where its user will look for it, or not for long.</summary>
    private void WarnRelocated(Job job, ImageRecord record)
    {
        var place = record.File.Location is StorageLocation.Temporary
            ? $"image {record.Id} lies at {DescribeLocation(record)}, in the temporary folder, which the system may clear"
            : $"image {record.Id} can be read at {DescribeLocation(record)} only until this server ends, because no disk took it";
        var reason = store.GetRelocationReason(record.File) ?? $"{store.Root} could not take it.";
        var advice = $"{reason} To keep it, copy it from there, or read its image:// and save that; save_to on the next call writes to a folder of your choice.";
        job.AddWarning($"{char.ToUpperInvariant(place[0])}{place[1..]}. {advice}");
        if (job.Snapshot.Failure is null)
        {
            job.RecordFailure(CreateRelocatedFailure(job, place, reason));
        }
    }

    private static Failure CreateRelocatedFailure(Job job, string place, string reason) => new()
    {
        Code = FailureCode.StorageFailed,
        Message = $"The picture is safe: {place}. {reason} Calling again would draw, and bill, anew.",
        Billed = job.Plan.Price.Unit is CostUnit.None ? Billing.No : Billing.Yes,
    };

    [LoggerMessage(LogLevel.Error, "Image {Id} could not be recorded")]
    private partial void LogUnrecorded(Exception failure, string id);
}
