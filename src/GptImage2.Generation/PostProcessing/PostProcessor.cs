using GptImage2.Generation.Errors;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Models;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;
using GptImage2.Imaging.Matting.Inspection;
using Microsoft.Extensions.Logging;

namespace GptImage2.Generation.PostProcessing;

/// <summary>Turns kept pictures into what was asked for. Pure over files, so that it can be run again after a crash.</summary>
public sealed partial class PostProcessor(IImageStore store, ImageRecorder keeper, PostProcessingSteps painter, ILogger<PostProcessor> logger)
{
    /// <summary>Whether the vendor's own bytes are not yet what the caller wants, or have to be looked at.</summary>
    public static bool IsNeeded(JobPlan plan) =>
        plan.Region is not null || MustBeTransparent(plan) || NeedsReshape(plan);

    /// <summary>Finishes and delivers every picture. What cannot be finished is delivered as it came: it was paid for.</summary>
    public async Task ProcessAsync(Job job, IReadOnlyList<ImageRecord> kept)
    {
        foreach (var record in kept)
        {
            job.EnterStage(JobStage.Finishing);
            await keeper.DeliverAsync(job, await ProcessImageAsync(job, record));
        }
    }

    private static bool NeedsReshape(JobPlan plan) =>
        plan.Request.RenderFormat != plan.Request.Delivery.Format
        || (plan.Request.Delivery.ResizeTo is { } size && size != plan.Request.Size);

    private async Task<ImageRecord> ProcessImageAsync(Job job, ImageRecord kept)
    {
        try
        {
            var finished = await ApplyStepsAsync(job, kept);
            var seeThrough = VerifyTransparency(job, finished?.Image.File ?? kept.File);
            return finished is { Image: var image }
                ? await keeper.RecordAsync(job, image, kept.Number, delivered: true, kept.Id, finished.Region, seeThrough)
                : await keeper.RecordAsync(job, kept with { Delivered = true, SeeThrough = seeThrough });
        }
        catch (Exception failure)
        {
            LogProcessingFailed(failure, kept.Id);
            job.AddWarning($"Image {kept.Id} could not be finished ({failure.Message}), so it is delivered as the service made it.");
            if (job.Plan.Region is not null)
            {
                job.RecordFailure(CreateCompositingFailure(job.Plan, kept, failure));
            }

            return await keeper.RecordAsync(job, kept with { Delivered = true });
        }
    }

    /// <returns>The finished picture, or null where the kept one is already what was asked for.</returns>
    private async Task<ProcessedImage?> ApplyStepsAsync(Job job, ImageRecord kept)
    {
        var plan = job.Plan;
        if (plan.Region is not null)
        {
            return await painter.PasteBackAsync(job, kept);
        }

        if (NeedsBackgroundRemoval(plan, kept))
        {
            try
            {
                return await painter.RemoveBackgroundAsync(job, kept);
            }
            catch (ImageException refused) when (refused.Failure.Code is FailureCode.CutoutRefused)
            {
                job.AddWarning($"cutout: image {kept.Id} keeps its background. {refused.Failure.Message}");
            }
        }

        return NeedsReshape(plan) ? await painter.ResizeAsync(job, kept) : null;
    }

    /// <summary>On a plain backdrop always; from a model that leaves the ground out by itself only where it did not.</summary>
    private bool NeedsBackgroundRemoval(JobPlan plan, ImageRecord kept) => plan.Request switch
    {
        { Backdrop: not null } => true,
        { Cutout: true } => TransparencyVerifier.FindProblem(AlphaInspector.Inspect(store.Open(kept.File))) is not null,
        _ => false,
    };

    /// <summary>Proves on the file itself that it is transparent, where it should be.</summary>
    private double? VerifyTransparency(Job job, StoredFile file)
    {
        if (!MustBeTransparent(job.Plan))
        {
            return null;
        }

        var report = AlphaInspector.Inspect(store.Open(file));
        if (TransparencyVerifier.FindProblem(report) is { } doubt)
        {
            job.AddWarning($"background: the picture {doubt} remove_background_hint says what may help.");
        }

        return report.TransparentShare;
    }

    private static bool MustBeTransparent(JobPlan plan) =>
        plan.Request is { Cutout: true } or { Background: ImageBackground.Transparent } or BackgroundRemovalRequest;

    /// <summary>What the model drew for a part is no edit of the picture: nobody may take it for one.</summary>
    private static Failure CreateCompositingFailure(JobPlan plan, ImageRecord kept, Exception failure) => new()
    {
        Code = (failure as ImageException)?.Failure.Code ?? FailureCode.Internal,
        Message = $"Image {kept.Id} ({kept.File.Size}) is what the model drew around the part, not the picture that was to be edited: " +
            "it could not be brought back into it. That picture is untouched. The drawing is paid for; calling again draws, and bills, anew.",
        Retry = RetryAdvice.Same,
        Billed = plan.Price.Unit is CostUnit.None ? Billing.No : Billing.Yes,
    };

    [LoggerMessage(LogLevel.Error, "Image {Id} could not be finished")]
    private partial void LogProcessingFailed(Exception failure, string id);
}

/// <summary>A picture that is what the caller asked for.</summary>
/// <param name="Region">What an edit of a part changed; null for anything else.</param>
public sealed record ProcessedImage(StoredImage Image, RegionReport? Region = null);
