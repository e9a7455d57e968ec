using GptImage2.Generation.Failures;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.References;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;
using Microsoft.Extensions.Logging;

namespace GptImage2.Generation.Finishing;

/// <summary>Writes down what has arrived, and hands it to whoever waits for the job.</summary>
public sealed partial class Keeper(IImageStore store, ICatalog catalog, Announcements announcements, TimeProvider clock, ILogger<Keeper> logger)
{
    /// <summary>Opens the place of one picture of a job.</summary>
    /// <param name="number">Which picture of the job, from 1.</param>
    public IncomingImage Create(Job job, int number) => store.Create(new ImageDraft(job.View.Id, number, job.Plan.Request.Prompt));

    /// <summary>Opens the place of what is made from a kept picture of a job; made again, it takes the same place.</summary>
    public IncomingImage CreateFinished(Job job, ImageRecord kept) =>
        store.Create(new ImageDraft(job.View.Id, kept.Number, job.Plan.Request.Prompt) { Finished = true, From = kept.File.Path });

    /// <summary>Records a picture whose bytes are safe.</summary>
    public Task<ImageRecord> RecordAsync(Job job, KeptImage kept, int number, bool delivered, string? derivedFrom = null, RegionReport? region = null, double? seeThrough = null)
    {
        var plan = job.Plan;
        return RecordAsync(job, new ImageRecord
        {
            Id = kept.Id,
            Owner = plan.Caller.Owner,
            JobId = job.View.Id,
            Number = number,
            Created = clock.GetUtcNow(),
            DerivedFrom = derivedFrom,
            Delivered = delivered,
            File = kept.File,
            Prompt = plan.Request.Prompt,
            PromptAsSent = plan.Request.PromptAsSent is var sent && sent != plan.Request.Prompt ? sent : null,
            Inputs = plan.Inputs is [] ? null : [.. plan.Inputs.Select(Input)],
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
        await TryAsync(job, record, "its record could not be written", () => store.WriteRecordAsync(record, CancellationToken.None));
        await TryAsync(job, record, "it could not be written into the catalog", () => catalog.AddAsync(record, CancellationToken.None));
        return record;
    }

    private static RecordedInput Input(InputImage input) => new(input.Reference.Role.Name, input.Found.Record?.Id, input.Stored!.Sha256);

    private async Task TryAsync(Job job, ImageRecord record, string lost, Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception failure)
        {
            LogUnrecorded(failure, record.Id);
            job.Warn($"Image {record.Id} is kept at {Where(record)}, but {lost}: {failure.Message}");
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
                copies.Add(await Copier.CopyAsync(store, record.File, place, record.Number, job.Plan.Request.Count, CancellationToken.None));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ImageException)
            {
                job.Warn($"save_to: the copy could not be written ({failure.Message}). The picture itself is safe at {Where(record)}.");
            }
        }

        if (record.File.Place is not Place.Store)
        {
            Tell(job, record);
        }

        job.Add(new DeliveredImage(record, copies));
        announcements.TellImagesChanged();
    }

    private string Where(ImageRecord record) => store.AbsolutePath(record.File) ?? $"image://{record.Id}";

    /// <summary>The picture is what was asked for, but not where its user will look for it, or not for long.</summary>
    private void Tell(Job job, ImageRecord record)
    {
        var place = record.File.Place is Place.Temporary
            ? $"image {record.Id} lies at {Where(record)}, in the temporary folder, which the system may clear"
            : $"image {record.Id} can be read at {Where(record)} only until this server ends, because no disk took it";
        var reason = store.WhyElsewhere(record.File) ?? $"{store.Root} could not take it.";
        var advice = $"{reason} To keep it, copy it from there, or read its image:// and save that; save_to on the next call writes to a folder of your choice.";
        job.Warn($"{char.ToUpperInvariant(place[0])}{place[1..]}. {advice}");
        if (job.View.Failure is null)
        {
            job.Blame(Misplaced(job, place, reason));
        }
    }

    private static Failure Misplaced(Job job, string place, string reason) => new()
    {
        Code = FailureCode.StorageFailed,
        Message = $"The picture is safe: {place}. {reason} Calling again would draw, and bill, anew.",
        Billed = job.Plan.Price.Unit is CostUnit.None ? Billing.No : Billing.Yes,
    };

    [LoggerMessage(LogLevel.Error, "Image {Id} could not be recorded")]
    private partial void LogUnrecorded(Exception failure, string id);
}
