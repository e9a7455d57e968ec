using GptImage2.Generation.Jobs;
using GptImage2.Generation.Models;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Telemetry;
using GptImage2.Imaging.Matting.Inspection;
using GptImage2.Imaging.Matting.Verification;

namespace GptImage2.Generation.PostProcessing;

/// <summary>Turns the service's images into what was asked for. Pure over files, so that it can be run again after a crash.</summary>
public sealed partial class PostProcessor(IImageStore store, ImageRecorder recorder, PostProcessingSteps steps, ILogger<PostProcessor> logger)
{
    /// <summary>A smaller transparent share is an accident at the edges, not a transparent background.</summary>
    private const double MinTransparentShare = 0.01;

    /// <summary>Whether the service's bytes are not yet what the caller wants, or have to be verified.</summary>
    public static bool IsNeeded(JobPlan plan, StoredFile file) =>
        plan.Region is not null || MustBeTransparent(plan) || NeedsReshape(plan, file);

    /// <summary>What to tell of an image that does not have the size it was asked for; null where it has. It was drawn, so it is delivered.</summary>
    public static string? DescribeOtherSize(JobPlan plan, StoredImage image) => plan.Request is LocalRequest || image.File.Size == plan.Request.Size ? null
        : $"The service drew image {image.Id} at {image.File.Size} in place of {plan.Request.Size}" + plan switch
        {
            { Region: not null } => ", so it was scaled to its place in the image and may be distorted or softer there.",
            { Request.Delivery.ResizeTo: { } size } when size != plan.Request.Size => $", from which {size} was made.",
            _ => ". It is delivered as it came.",
        };

    /// <summary>Processes and delivers every image. What cannot be processed is delivered as it arrived: it was paid for.</summary>
    public async Task ProcessAsync(Job job, IReadOnlyList<ImageRecord> originals)
    {
        // The second picture of two is no image of its own: it tells what of the first is see-through.
        var second = originals.FirstOrDefault(image => job.Plan.Request.HasSecondPicture && image.Number is SecondPicture.Number);
        foreach (var original in originals.Where(image => image != second))
        {
            job.EnterStage(JobStage.Finishing);
            await recorder.DeliverAsync(job, await ProcessImageAsync(job, original, second));
        }
    }

    private static bool NeedsReshape(JobPlan plan, StoredFile file) =>
        plan.Request.RenderFormat != plan.Request.Delivery.Format
        || (plan.Validated.Profile.ChoosesFormat && file.Format != plan.Request.Delivery.Format)
        || (plan.Request.Delivery.ResizeTo is { } size && size != plan.Request.Size);

    private async Task<ImageRecord> ProcessImageAsync(Job job, ImageRecord original, ImageRecord? second)
    {
        using var span = GenerationTelemetry.StartSpan("post-process image");
        try
        {
            var (finished, keepsBackground) = await ApplyStepsAsync(job, original, second);
            var alpha = VerifyTransparency(job, original, finished?.Image.File ?? original.File, isExplained: keepsBackground);
            return finished is { Image: var image }
                ? await recorder.RecordAsync(job, image, original.Number, delivered: true, original.Id, finished.Region, alpha)
                : await recorder.SaveRecordAsync(job, original with { Delivered = true, SeeThrough = alpha?.TransparentShare, Cutout = alpha?.Cutout });
        }
        catch (Exception failure)
        {
            LogProcessingFailed(failure, original.Id);
            job.AddWarning($"Image {original.Id} could not be post-processed ({failure.Message}), so it is delivered as the service made it.");
            if (job.Plan.Region is not null)
            {
                job.RecordFailure(CreateCompositingFailure(job.Plan, original, failure));
            }
            else if (failure is ImageException { Failure: { Code: FailureCode.CutoutRefused } uncut })
            {
                job.RecordFailure(uncut);
            }

            return await recorder.SaveRecordAsync(job, original with { Delivered = true });
        }
    }

    /// <returns>The processed image, or null where the original is already what was asked for; and whether no cut was possible, which has been told.</returns>
    private async Task<(ProcessedImage? Finished, bool KeepsBackground)> ApplyStepsAsync(Job job, ImageRecord original, ImageRecord? second)
    {
        var (plan, keepsBackground) = (job.Plan, false);
        if (plan.Region is not null)
        {
            return (await steps.PasteBackAsync(job, original), false);
        }

        if (plan.Request is BackgroundRemovalRequest { Method: CutoutMethod.Service })
        {
            return (await steps.ApplyMatteAsync(job, original), false);
        }

        if (plan.Request.HasSecondPicture && await steps.SolveTranslucencyAsync(job, original, second) is { } solved)
        {
            return (solved, false);
        }

        if (NeedsBackgroundRemoval(plan, original))
        {
            try
            {
                return (await steps.RemoveBackgroundAsync(job, original), false);
            }
            catch (ImageException refused) when (refused.Failure.Code is FailureCode.CutoutRefused)
            {
                job.AddWarning($"cutout: image {original.Id} keeps its background. {refused.Failure.Message}");
                keepsBackground = true;
            }
        }

        return (NeedsReshape(plan, original.File) ? await steps.ResizeAsync(job, original) : null, keepsBackground);
    }

    /// <summary>On a plain backdrop always; from a model that draws transparency itself only where it did not.</summary>
    private bool NeedsBackgroundRemoval(JobPlan plan, ImageRecord original) => plan.Request switch
    {
        { Backdrop: not null } => true,
        { Cutout: true } => FindTransparencyProblem(AlphaInspector.Inspect(store.Open(original.File))) is not null,
        _ => false,
    };

    /// <summary>Verifies on the file itself that it is transparent, where it should be, and what of it is in doubt.</summary>
    /// <param name="isExplained">Whether it has been said that it is not, and why.</param>
    private AlphaFindings? VerifyTransparency(Job job, ImageRecord original, StoredFile file, bool isExplained)
    {
        if (!MustBeTransparent(job.Plan))
        {
            return null;
        }

        var (report, cutout) = steps.InspectCutout(job.Plan, original, file);
        var problem = FindTransparencyProblem(report);
        if (!isExplained && problem is not null)
        {
            job.AddWarning($"background: the image {problem} remove_background_hint says what may help.");
        }

        return new AlphaFindings(report.TransparentShare, problem is null ? cutout : null);
    }

    /// <returns>A sentence without its subject; null where pixels really are transparent.</returns>
    private static string? FindTransparencyProblem(AlphaReport report) => report switch
    {
        { Kind: AlphaKind.Transparent, TransparentShare: >= MinTransparentShare } => null,
        { LooksLikeCheckerboard: true } => "is not transparent: a checkerboard was painted instead.",
        { Kind: AlphaKind.Transparent } => "is hardly transparent: less than 1 % of its pixels are.",
        { Kind: AlphaKind.Opaque } => "is not transparent: it has an alpha channel, but every pixel is opaque.",
        _ => "is not transparent: it has no alpha channel.",
    };

    private static bool MustBeTransparent(JobPlan plan) =>
        plan.Request is { Cutout: true } or { Background: ImageBackground.Transparent } or BackgroundRemovalRequest;

    /// <summary>What the model drew for a part is not the edited image, and must not be mistaken for it.</summary>
    private static Failure CreateCompositingFailure(JobPlan plan, ImageRecord original, Exception failure) => new()
    {
        Code = (failure as ImageException)?.Failure.Code ?? FailureCode.Internal,
        Message = $"Image {original.Id} ({original.File.Size}) is what the model drew around the part, not the image that was to be edited: " +
            "it could not be composited back into it. That image is untouched. The drawing is paid for; calling again is billed again.",
        Retry = RetryAdvice.Same,
        Billed = plan.Price.Unit is CostUnit.None ? Billing.No : Billing.Yes,
    };

    [LoggerMessage(LogLevel.Error, "Image {Id} could not be finished")]
    private partial void LogProcessingFailed(Exception failure, string id);
}

/// <summary>An image that is what the caller asked for.</summary>
/// <param name="Region">What an edit of a part changed; null for anything else.</param>
public sealed record ProcessedImage(StoredImage Image, RegionReport? Region = null);

/// <summary>What was measured on a file that has to be transparent.</summary>
/// <param name="TransparentShare">Of its pixels, 0 to 1.</param>
/// <param name="Cutout">Null where it is not transparent.</param>
public sealed record AlphaFindings(double TransparentShare, CutoutReport? Cutout);
