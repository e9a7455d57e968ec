using GptImage2.Generation.Failures;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;
using GptImage2.Imaging.Matting;
using Microsoft.Extensions.Logging;

namespace GptImage2.Generation.Finishing;

/// <summary>Turns kept pictures into what was asked for. Pure over files, so that it can be run again after a crash.</summary>
public sealed partial class Finisher(IImageStore store, Keeper keeper, Painter painter, ILogger<Finisher> logger)
{
    /// <summary>Whether the vendor's own bytes are not yet what the caller wants, or have to be looked at.</summary>
    public static bool IsNeeded(JobPlan plan) =>
        plan.Region is not null || ShallBeTransparent(plan) || IsReshaped(plan);

    /// <summary>Finishes and delivers every picture. What cannot be finished is delivered as it came: it was paid for.</summary>
    public async Task FinishAsync(Job job, IReadOnlyList<ImageRecord> kept)
    {
        foreach (var record in kept)
        {
            job.Enter(JobStage.Finishing);
            await keeper.DeliverAsync(job, await FinishedAsync(job, record));
        }
    }

    private static bool IsReshaped(JobPlan plan) =>
        plan.Request.DrawnFormat != plan.Request.Delivery.Format
        || (plan.Request.Delivery.ResizeTo is { } size && size != plan.Request.Size);

    private async Task<ImageRecord> FinishedAsync(Job job, ImageRecord kept)
    {
        try
        {
            var finished = await PaintAsync(job, kept);
            var seeThrough = SeeThrough(job, finished?.Image.File ?? kept.File);
            return finished is { Image: var image }
                ? await keeper.RecordAsync(job, image, kept.Number, delivered: true, kept.Id, finished.Region, seeThrough)
                : await keeper.RecordAsync(job, kept with { Delivered = true, SeeThrough = seeThrough });
        }
        catch (Exception failure)
        {
            LogUnfinished(failure, kept.Id);
            job.Warn($"Image {kept.Id} could not be finished ({failure.Message}), so it is delivered as the service made it.");
            if (job.Plan.Region is not null)
            {
                job.Blame(NotBroughtBack(job.Plan, kept, failure));
            }

            return await keeper.RecordAsync(job, kept with { Delivered = true });
        }
    }

    /// <returns>The finished picture, or null where the kept one is already what was asked for.</returns>
    private async Task<FinishedImage?> PaintAsync(Job job, ImageRecord kept)
    {
        var plan = job.Plan;
        if (plan.Region is not null)
        {
            return await painter.PasteAsync(job, kept);
        }

        if (IsToBeCut(plan, kept))
        {
            try
            {
                return await painter.CutAsync(job, kept);
            }
            catch (ImageException refused) when (refused.Failure.Code is FailureCode.CutoutRefused)
            {
                job.Warn($"cutout: image {kept.Id} keeps its background. {refused.Failure.Message}");
            }
        }

        return IsReshaped(plan) ? await painter.ReshapeAsync(job, kept) : null;
    }

    /// <summary>On a plain backdrop always; from a model that leaves the ground out by itself only where it did not.</summary>
    private bool IsToBeCut(JobPlan plan, ImageRecord kept) => plan.Request switch
    {
        { Backdrop: not null } => true,
        { Cutout: true } => TransparencyCheck.Doubt(AlphaCheck.Of(store.Open(kept.File))) is not null,
        _ => false,
    };

    /// <summary>Proves on the file itself that it is transparent, where it should be.</summary>
    private double? SeeThrough(Job job, StoredFile file)
    {
        if (!ShallBeTransparent(job.Plan))
        {
            return null;
        }

        var report = AlphaCheck.Of(store.Open(file));
        if (TransparencyCheck.Doubt(report) is { } doubt)
        {
            job.Warn($"background: the picture {doubt} remove_background_hint says what may help.");
        }

        return report.SeeThroughShare;
    }

    private static bool ShallBeTransparent(JobPlan plan) =>
        plan.Request is { Cutout: true } or { Background: ImageBackground.Transparent } or CutoutRequest;

    /// <summary>What the model drew for a part is no edit of the picture: nobody may take it for one.</summary>
    private static Failure NotBroughtBack(JobPlan plan, ImageRecord kept, Exception failure) => new()
    {
        Code = (failure as ImageException)?.Failure.Code ?? FailureCode.Internal,
        Message = $"Image {kept.Id} ({kept.File.Size}) is what the model drew around the part, not the picture that was to be edited: " +
            "it could not be brought back into it. That picture is untouched. The drawing is paid for; calling again draws, and bills, anew.",
        Retry = RetryAdvice.Same,
        Billed = plan.Price.Unit is CostUnit.None ? Billing.No : Billing.Yes,
    };

    [LoggerMessage(LogLevel.Error, "Image {Id} could not be finished")]
    private partial void LogUnfinished(Exception failure, string id);
}

/// <summary>A picture that is what the caller asked for.</summary>
/// <param name="Region">What an edit of a part changed; null for anything else.</param>
public sealed record FinishedImage(KeptImage Image, RegionReport? Region = null);
