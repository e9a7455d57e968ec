using GptImage2.Generation.Jobs;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Imaging;
using Microsoft.Extensions.Logging;

namespace GptImage2.Generation.Finishing;

/// <summary>Turns kept pictures into what was asked for. Pure over files, so that it can be run again after a crash.</summary>
public sealed partial class Finisher(IImageStore store, Keeper keeper, ILogger<Finisher> logger)
{
    /// <summary>Whether the vendor's own bytes are not yet what the caller wants.</summary>
    public static bool IsNeeded(ImageRequest request) => request.Delivery.ResizeTo is { } size && size != request.Size;

    /// <summary>Finishes and delivers every picture. What cannot be finished is delivered as it came: it was paid for.</summary>
    public async Task FinishAsync(Job job, IReadOnlyList<ImageRecord> kept)
    {
        foreach (var record in kept)
        {
            job.Enter(JobStage.Finishing);
            await keeper.DeliverAsync(job, await FinishedAsync(job, record));
        }
    }

    private async Task<ImageRecord> FinishedAsync(Job job, ImageRecord kept)
    {
        try
        {
            var image = await ResizeAsync(job, kept);
            return await keeper.RecordAsync(job, image, kept.Number, delivered: true, derivedFrom: kept.Id);
        }
        catch (Exception failure)
        {
            LogUnfinished(failure, kept.Id);
            job.Warn($"resize_to: image {kept.Id} could not be resized ({failure.Message}), so it is delivered as the service made it.");
            return await keeper.RecordAsync(job, kept with { Delivered = true });
        }
    }

    private async Task<KeptImage> ResizeAsync(Job job, ImageRecord kept)
    {
        var delivery = job.Plan.Request.Delivery;
        await using var finished = keeper.Create(job, kept.Number);
        using (var picture = Picture.Open(store.Open(kept.File)))
        using (var cropped = picture.CoverCrop(delivery.ResizeTo!.Value))
        {
            cropped.Save(finished, Options(delivery));
        }

        return await finished.CompleteAsync();
    }

    private static SaveOptions Options(Delivery delivery) => new() { Format = delivery.Format, Quality = delivery.Compression ?? 90 };

    [LoggerMessage(LogLevel.Error, "Image {Id} could not be finished")]
    private partial void LogUnfinished(Exception failure, string id);
}
