using GptImage2.Generation.Inputs;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Telemetry;

namespace GptImage2.Generation.PostProcessing;

/// <summary>Records what has been stored, and delivers it to the job's waiters.</summary>
public sealed partial class ImageRecorder(
    IImageStore store, IImageCatalog catalog, SaveToPolicy saveTo, ImageStoreEvents events, TimeProvider clock, ILogger<ImageRecorder> logger)
{
    /// <summary>Opens the place of one image of a job.</summary>
    /// <param name="number">Which image of the job, from 1.</param>
    /// <param name="onStored">Awaited once it is stored.</param>
    public IncomingImage CreateImage(Job job, int number, Func<StoredImage, Task> onStored) =>
        store.CreateImage(new ImageDraft(job.Id, number, job.Plan.Request.Prompt), onStored);

    /// <summary>Opens the place of what post-processing makes of an image; made again, it takes the same place.</summary>
    public IncomingImage CreateProcessedImage(Job job, ImageRecord original) =>
        store.CreateImage(new ImageDraft(job.Id, original.Number, job.Plan.Request.Prompt) { Finished = true, DerivedFromPath = original.File.Path });

    /// <summary>Records an image whose bytes are safe.</summary>
    public Task<ImageRecord> RecordAsync(
        Job job, StoredImage image, int number, bool delivered, string? derivedFrom = null, RegionReport? region = null, AlphaFindings? alpha = null)
    {
        var plan = job.Plan;
        var origin = IdGenerator.CreateImageId(job.Id, 1, finished: false);
        var second = plan.Request.HasSecondPicture && number is SecondPicture.Number ? SecondPicture.Create(plan.Request, origin) : null;
        var promptAsSent = second is null ? plan.PromptAsSent : PromptComposer.Compose(second);
        return SaveRecordAsync(job, new ImageRecord
        {
            Id = image.Id,
            Owner = plan.Caller.Owner,
            JobId = job.Id,
            Number = number,
            Created = clock.GetUtcNow(),
            DerivedFrom = second is null ? derivedFrom : origin,
            Delivered = delivered,
            File = image.File,
            Prompt = plan.Request.Prompt,
            PromptAsSent = promptAsSent != plan.Request.Prompt ? promptAsSent : null,
            Inputs = plan.Inputs is [] || second is not null ? null : [.. plan.Inputs.Select(ToRecordedInput)],
            Region = region,
            SeeThrough = alpha?.TransparentShare,
            Cutout = alpha?.Cutout,
            Tool = plan.Tool,
            Backend = plan.Backend.Name,
            Model = plan.Validated.Profile.Model,
            Quality = plan.Request.Quality.ToString().ToLowerInvariant(),
        });
    }

    /// <summary>Saves a record next to its image and in the catalog. Where that fails the image is missing in lists, but not lost.</summary>
    public async Task<ImageRecord> SaveRecordAsync(Job job, ImageRecord record)
    {
        await TryAsync("write record", "its record could not be written", store.WriteRecordAsync);
        await TryAsync("commit image", "it could not be written into the catalog", catalog.AddAsync);
        return record;

        async Task TryAsync(string step, string problem, Func<ImageRecord, CancellationToken, Task> save)
        {
            using var span = GenerationTelemetry.StartSpan(step);
            try
            {
                await save(record, CancellationToken.None);
            }
            catch (Exception failure)
            {
                LogNotRecorded(failure, record.Id);
                job.AddWarning($"Image {record.Id} is stored at {DescribeLocation(job, record)}, but {problem}: {failure.Message}");
            }
        }
    }

    /// <summary>Makes the further copies that were asked for, then delivers the image to the job's waiters.</summary>
    public async Task DeliverAsync(Job job, ImageRecord record)
    {
        (string Path, bool Replaced)? copy = null;
        if (job.Plan.CopyTo is { } path)
        {
            try
            {
                copy = await CopyAsync(job, record, path);
            }
            catch (Exception failure)
            {
                // The image was paid for: whatever keeps its copy from being written must not keep it from its caller.
                job.AddWarning($"save_to: the copy could not be written ({failure.Message}). The image itself is safe at {DescribeLocation(job, record)}.");
            }
        }

        if (record.File.Location is not StorageLocation.Store)
        {
            WarnRelocated(job, record);
        }

        WarnOfCutout(job, record);
        job.AddImage(new DeliveredImage(record, copy is var (written, _) ? [written] : []) { Replaced = copy is (_, true) });
        events.RaiseImagesChanged(record.Owner);
    }

    /// <summary>What is in doubt is in the record, so that it is told after a crash as well, and once.</summary>
    private static void WarnOfCutout(Job job, ImageRecord record)
    {
        foreach (var warning in (record.Cutout?.Findings ?? []).Select(finding => CutoutTexts.Describe(record.Id, finding)).Except(job.Snapshot.Warnings))
        {
            job.AddWarning(warning);
        }
    }

    /// <summary>Makes the copy, and says where it went where that is not where it was wanted.</summary>
    private async Task<(string Path, bool Replaced)> CopyAsync(Job job, ImageRecord record, string path)
    {
        var plan = job.Plan;
        var wanted = SaveToNames.Create(path, record.Number, plan.Request.Count);
        var overwrite = plan.Request.Delivery.Overwrite;
        var problem = overwrite ? await saveTo.FindReplaceProblemAsync(plan.Caller, wanted, CancellationToken.None) : null;
        var copy = await SaveToWriter.CopyAsync(store, record.File, wanted, replace: overwrite && problem is null, CancellationToken.None);
        if (copy.Path != wanted)
        {
            var why = overwrite ? $"was not replaced ({problem ?? "it is no ordinary file any more"})" : "exists";
            var remedy = overwrite ? "" : "; overwrite: true replaces it";
            job.AddWarning($"save_to: {Path.GetFileName(wanted)} {why}, so the copy went to {Path.GetFileName(copy.Path)}{remedy}.");
        }

        return copy;
    }

    private static RecordedInput ToRecordedInput(InputImage input) =>
        new(input.Reference.Role.Name, input.Resolved.Record?.Id, input.Stored!.Sha256, input.FileName, input.Reference.Cast, input.Reference.CastVersion);

    private string DescribeLocation(Job job, ImageRecord record) =>
        (job.Plan.Caller.LocalPathsAllowed ? store.GetAbsolutePath(record.File) : null) ?? $"image://{record.Id}";

    /// <summary>The image is what was asked for, but not where its user will look for it, or not for long.</summary>
    private void WarnRelocated(Job job, ImageRecord record)
    {
        var location = record.File.Location is StorageLocation.Temporary
            ? $"image {record.Id} is at {DescribeLocation(job, record)}, in the temporary folder, which the system may clear"
            : $"image {record.Id} can be read at {DescribeLocation(job, record)} only until this server ends, because no disk was writable";
        var reason = store.GetRelocationReason(record.File) ?? $"{store.Root} could not store it.";
        job.AddWarning($"{char.ToUpperInvariant(location[0])}{location[1..]}. {reason} To keep it, copy it from there, or read its image:// and save that; "
            + "save_to on the next call writes to a folder of your choice.");
        if (job.Snapshot.Failure is null)
        {
            job.RecordFailure(new Failure
            {
                Code = FailureCode.StorageFailed,
                Message = $"The image is safe: {location}. {reason} Calling again starts a new request and is billed again.",
                Billed = job.Plan.Price.Unit is CostUnit.None ? Billing.No : Billing.Yes,
            });
        }
    }

    [LoggerMessage(LogLevel.Error, "Image {Id} could not be recorded")]
    private partial void LogNotRecorded(Exception failure, string id);
}
