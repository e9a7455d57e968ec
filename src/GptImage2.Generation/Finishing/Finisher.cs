using GptImage2.Generation.Jobs;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Imaging;

namespace GptImage2.Generation.Finishing;

/// <summary>Turns kept pictures into what was asked for. Pure over files, so that it can be run again after a crash.</summary>
public sealed class Finisher(IImageStore store, Keeper keeper)
{
    /// <summary>Whether the vendor's own bytes are not yet what the caller wants.</summary>
    public static bool IsNeeded(ImageRequest request) => request.Delivery.ResizeTo is { } size && size != request.Size;

    public async Task FinishAsync(Job job, IReadOnlyList<ImageRecord> kept)
    {
        foreach (var record in kept)
        {
            job.Enter(JobStage.Finishing);
            await using var finished = keeper.Create(job, record.Number);
            using (var picture = Picture.Open(store.Open(record.File)))
            using (var cropped = picture.CoverCrop(job.Plan.Request.Delivery.ResizeTo!.Value))
            {
                cropped.Save(finished, Options(job.Plan.Request.Delivery));
            }

            var image = await finished.CompleteAsync();
            await keeper.DeliverAsync(job, await keeper.RecordAsync(job, image, record.Number, delivered: true, derivedFrom: record.Id));
        }
    }

    private static SaveOptions Options(Delivery delivery) => new() { Format = delivery.Format, Quality = delivery.Compression ?? 90 };
}
