using GptImage2.Generation.Jobs;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Compositing;
using GptImage2.Imaging.Matting;
using GptImage2.Imaging.Matting.DualBackground;
using GptImage2.Imaging.Matting.Inspection;
using GptImage2.Imaging.Matting.Models;
using GptImage2.Imaging.Matting.Verification;

namespace GptImage2.Generation.PostProcessing;

/// <summary>The pixel work of post-processing: pasting back, cutting out, resizing, converting.</summary>
/// <param name="models">What finds subjects in front of anything; at most one, where the user has set one up.</param>
public sealed class PostProcessingSteps(IImageStore store, IInputStore inputs, ImageRecorder recorder, IEnumerable<IMatteModel> models)
{
    /// <summary>Mean difference, in levels of 255, next to a region's edge from which on a seam is visible.</summary>
    private const double VisibleColourShift = 4;

    /// <summary>Of a JPEG whose pixels are to be kept, as nearly as it can keep them in a file of about the original's size.</summary>
    private const int KeepingQuality = 95;

    /// <summary>From this transparent share on no subject is left.</summary>
    private const double NothingLeft = 0.9999;

    /// <summary>Composites the drawn region into the original; every other pixel stays the original's.</summary>
    public async Task<ProcessedImage> PasteBackAsync(Job job, ImageRecord drawn)
    {
        var (plan, region) = (job.Plan, job.Plan.Region!);
        await using var target = recorder.CreateProcessedImage(job, drawn);
        var report = Paste(job, drawn, new PasteOptions(region.Feather, region.Outside, region.MatchColours, plan.Request.Backdrop?.Colour), target);
        var image = await target.CompleteAsync();
        foreach (var warning in GetWarnings(report, region.Outside, plan.Request.Delivery.Format))
        {
            job.AddWarning(warning);
        }

        return new ProcessedImage(image, new RegionReport(report.Coverage, report.ChangedInside, report.ChangedOutside, report.Colours));
    }

    /// <summary>What cannot be cut out of its backdrop is pasted with it: it is paid for, and the rest of the image is as it was.</summary>
    private CompositeReport Paste(Job job, ImageRecord drawn, PasteOptions options, Stream target)
    {
        var (plan, region) = (job.Plan, job.Plan.Region!);
        try
        {
            return Compositor.Composite(
                inputs.Open(plan.Inputs[0].Stored!), store.Open(drawn.File), region.Placement, region.Mask, options, CreatePasteOptions(plan.Request.Delivery, region.Outside), target);
        }
        catch (BackgroundRemovalException empty) when (empty.Error is BackgroundRemovalError.NoForeground)
        {
            // Pasted, it would be a box of nothing but the backdrop's colour.
            throw new ImageException(new Failure { Code = FailureCode.CutoutRefused, Message = "nothing but the backdrop was drawn; say in prompt what is to stand in the region", Retry = RetryAdvice.Changed }, empty);
        }
        catch (BackgroundRemovalException refused) when (options.Backdrop is not null)
        {
            job.AddWarning($"What was drawn could not be cut out of its backdrop of {plan.Request.Backdrop?.Name} ({refused.Message.TrimEnd('.')}), so it stands in a box of that colour. Another attempt may do, "
                + "or a prompt that names one thing alone.");
            return Paste(job, drawn, options with { Backdrop = null }, target);
        }
    }

    /// <summary>Leaves the subject alone on a transparent background, in the size that was asked for: by its backdrop, else by a model where there is one.</summary>
    /// <exception cref="ImageException">No good cut-out is possible.</exception>
    public async Task<ProcessedImage> RemoveBackgroundAsync(Job job, ImageRecord original)
    {
        using var cutout = await CutOutAsync(job, original);
        if (BackdropCheck.Describe(cutout, job.Plan.Request, job.Plan.Price, original.Id) is { } warning)
        {
            job.AddWarning(warning);
        }

        return await SaveAsync(job, original, cutout, BackgroundRemoval.CreateSaveOptions(job.Plan.Request.Delivery));
    }

    private async Task<Image> CutOutAsync(Job job, ImageRecord original)
    {
        try
        {
            return BackgroundRemoval.RemoveBackground(store.Open(original.File));
        }
        catch (ImageException refused) when (CutoutRefusal.MayModelHelp(refused) && models.FirstOrDefault() is { } model)
        {
            var cutout = await BackgroundRemoval.RemoveBackgroundAsync(store.Open(original.File), model, job.Cancellation);
            job.AddWarning($"cutout: image {original.Id} was cut out by the model {model.Name}, because its backdrop is not plain enough: {CutoutRefusal.GetReason(refused.Failure)}");
            return cutout;
        }
    }

    /// <summary>Leaves the subject alone, as see-through as its two pictures show it.</summary>
    /// <param name="white">The first, on white.</param>
    /// <param name="black">The second, on black; null where there is none.</param>
    /// <returns>Null where they do not tell, which is said; the first is still there to be cut out.</returns>
    public async Task<ProcessedImage?> SolveTranslucencyAsync(Job job, ImageRecord white, ImageRecord? black)
    {
        var reason = "the second, on black, is not there";
        try
        {
            if (black is not null)
            {
                using var cutout = DualBackgroundRemover.CutOut(store.Open(white.File), store.Open(black.File), CancellationToken.None);
                job.AddWarning($"cutout translucent: both pictures of image {white.Id} show the same, so how much shows through is exact.");
                return await SaveAsync(job, white, cutout, BackgroundRemoval.CreateSaveOptions(job.Plan.Request.Delivery));
            }
        }
        catch (DualBackgroundException disagreement)
        {
            reason = disagreement.Message;
        }
        catch (UnreadableImageException)
        {
            reason = "one of them cannot be read";
        }

        job.AddWarning($"cutout translucent: the two pictures do not tell what is see-through ({reason}), so image {white.Id} was cut out by its white backdrop alone. Glass, smoke and glow may be opaque or missing in it.");
        return null;
    }

    /// <summary>What a service has cut out, with the original's own pixels: only the background goes.</summary>
    /// <exception cref="ImageException">The service has cut out nothing.</exception>
    public async Task<ProcessedImage> ApplyMatteAsync(Job job, ImageRecord drawn)
    {
        try
        {
            var isCut = AlphaInspector.Inspect(store.Open(drawn.File)).TransparentShare is > 0 and < NothingLeft;
            var source = inputs.Open(job.Plan.Inputs[0].Stored!);
            using var cutout = (isCut ? MatteTransfer.Apply(source, store.Open(drawn.File)) : null) ?? throw BackgroundRemoval.CreateNoMatteError(drawn.Id);
            return await SaveAsync(job, drawn, cutout, BackgroundRemoval.CreateSaveOptions(job.Plan.Request.Delivery) with { Provenance = ImageHeader.ReadProvenance(source) });
        }
        catch (UnreadableImageException damaged)
        {
            throw BackgroundRemoval.CreateNoMatteError(drawn.Id, damaged);
        }
    }

    /// <summary>Inspects what was delivered of an image, beside what it was cut out of where that is there still.</summary>
    public (AlphaReport Alpha, CutoutReport? Cutout) InspectCutout(JobPlan plan, ImageRecord original, StoredFile finished)
    {
        var cutout = store.Open(finished);
        try
        {
            var source = plan.Request is BackgroundRemovalRequest ? inputs.Open(plan.Inputs[0].Stored!) : finished == original.File ? null : store.Open(original.File);
            return CutoutInspector.Inspect(cutout, source);
        }
        catch (Exception gone) when (gone is UnreadableImageException or ImageException || StorageErrors.IsStorageException(gone))
        {
            return CutoutInspector.Inspect(cutout);
        }
    }

    /// <summary>The image in the size and format that were asked for.</summary>
    public async Task<ProcessedImage> ResizeAsync(Job job, ImageRecord original)
    {
        var delivery = job.Plan.Request.Delivery;
        using var image = Image.Open(store.Open(original.File));
        return await SaveAsync(job, original, image, new SaveOptions { Format = delivery.Format, Quality = delivery.Compression ?? 90 });
    }

    /// <summary>What is to be kept is written as well as JPEG can.</summary>
    private static SaveOptions CreatePasteOptions(Delivery delivery, OutsidePixels outside)
    {
        var options = BackgroundRemoval.CreateSaveOptions(delivery);
        return outside is OutsidePixels.Keep ? options with { Quality = delivery.Compression ?? KeepingQuality, FullChroma = true } : options;
    }

    private async Task<ProcessedImage> SaveAsync(Job job, ImageRecord original, Image image, SaveOptions options)
    {
        await using var target = recorder.CreateProcessedImage(job, original);
        using var resized = image.ResizeToCover(job.Plan.Request.Delivery.ResizeTo ?? image.Size);
        resized.Save(target, options);
        return new ProcessedImage(await target.CompleteAsync());
    }

    private static IEnumerable<string> GetWarnings(CompositeReport report, OutsidePixels outside, ImageFormat format) =>
        new (bool IsTheCase, string Warning)[]
        {
            (report.ColourShift >= VisibleColourShift && outside is OutsidePixels.Keep,
                $"The model shifted colours by {report.ColourShift:0} of 255 levels next to the region: look for a seam at its edge. "
                + (report.Colours is null ? "Without match_colours: false they are matched where they can be." : "A wider feather, a region that ends along edges in the image, or another attempt helps.")),
            (report.CmykConverted, "The image was CMYK; all of the result is sRGB."),
            (report.ProfileUnwritable, "Nothing new can be written in the image's colour profile, which is one of a scanner, of a camera or of an XYB JPEG; all of the result is 8-bit sRGB and looks the same."),
            (report.BecameColour, "The image was grey and is RGB now, because colour was drawn into the region; all other pixels are as grey as before."),
            (report.GreyKept, "The image has a grey colour profile, so what was drawn is grey as well."),
            (report.AlphaRevealed && !report.CutOut, "The region was mostly transparent, so it became opaque where something was drawn."),
            (report.NothingDrawn, "Nothing was drawn into the region, so it is transparent now. If something was to stand there, say in prompt what."),
            (report.Reencoding is not null,
                $"format jpeg: encoding it anew touched all pixels: outside the region they differ from the original's by {report.Reencoding?.Mean:0.0} of 255 levels on average, and by {report.Reencoding?.Largest} at most. Format png or webp keeps each as it is."),
            (report.MetadataDropped is not [], $"Resolution, author and copyright are kept; dropped: {string.Join(", ", report.MetadataDropped)}."),
            (report.BecameEightBit, report.PngKeepsAll
                ? $"The image had 16 bits a channel, which {format.Name} cannot hold: the result has 8. Format png preserves all."
                : $"The image had more than 8 bits a channel, in a way that no {format.Name} has: all of the result is 8-bit sRGB."),
            (report.ProfileConverted,
                $"The image's colours were converted to sRGB, because {format.Name} cannot hold them with their profile.{(report.PngKeepsAll ? " Format png preserves them." : "")}"),
        }
        .Where(entry => entry.IsTheCase)
        .Select(entry => entry.Warning);
}
