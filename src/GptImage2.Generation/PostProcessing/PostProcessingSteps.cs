using GptImage2.Generation.Jobs;
using GptImage2.Generation.Storage;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Compositing;
using GptImage2.Imaging.Matting;
using GptImage2.Imaging.Matting.Inspection;

namespace GptImage2.Generation.PostProcessing;

/// <summary>The pixel work of post-processing: pasting back, cutting out, resizing, converting.</summary>
public sealed class PostProcessingSteps(IImageStore store, IInputStore inputs, ImageRecorder recorder)
{
    /// <summary>Mean difference, in levels of 255, next to a region's edge from which on a seam is visible.</summary>
    private const double VisibleColourShift = 4;

    /// <summary>From this transparent share on no subject is left.</summary>
    private const double NothingLeft = 0.9999;

    /// <summary>Composites the drawn region into the original; every other pixel stays the original's.</summary>
    public async Task<ProcessedImage> PasteBackAsync(Job job, ImageRecord drawn)
    {
        var (plan, region) = (job.Plan, job.Plan.Region!);
        await using var target = recorder.CreateProcessedImage(job, drawn);
        var report = Compositor.Composite(
            inputs.Open(plan.Inputs[0].Stored!),
            store.Open(drawn.File),
            region.Placement,
            region.Mask,
            new PasteOptions(region.Feather, region.Outside, region.MatchColours),
            BackgroundRemoval.CreateSaveOptions(plan.Request.Delivery),
            target);
        var image = await target.CompleteAsync();
        foreach (var warning in GetWarnings(report, region.Outside))
        {
            job.AddWarning(warning);
        }

        return new ProcessedImage(image, new RegionReport(report.Coverage, report.ChangedInside, report.ChangedOutside, report.Colours));
    }

    /// <summary>Leaves the subject alone on a transparent background, in the size that was asked for.</summary>
    /// <exception cref="ImageException">No good cut-out is possible.</exception>
    public async Task<ProcessedImage> RemoveBackgroundAsync(Job job, ImageRecord original)
    {
        using var cutout = BackgroundRemoval.RemoveBackground(store.Open(original.File));
        return await SaveAsync(job, original, cutout, BackgroundRemoval.CreateSaveOptions(job.Plan.Request.Delivery));
    }

    /// <summary>What a service has cut out, with the original's own pixels: only the background goes.</summary>
    /// <exception cref="ImageException">The service has cut out nothing.</exception>
    public async Task<ProcessedImage> ApplyMatteAsync(Job job, ImageRecord drawn)
    {
        try
        {
            var isCut = AlphaInspector.Inspect(store.Open(drawn.File)).TransparentShare is > 0 and < NothingLeft;
            using var cutout = (isCut ? MatteTransfer.Apply(inputs.Open(job.Plan.Inputs[0].Stored!), store.Open(drawn.File)) : null) ?? throw BackgroundRemoval.CreateNoMatteError(drawn.Id);
            return await SaveAsync(job, drawn, cutout, BackgroundRemoval.CreateSaveOptions(job.Plan.Request.Delivery));
        }
        catch (UnreadableImageException damaged)
        {
            throw BackgroundRemoval.CreateNoMatteError(drawn.Id, damaged);
        }
    }

    /// <summary>The image in the size and format that were asked for.</summary>
    public async Task<ProcessedImage> ResizeAsync(Job job, ImageRecord original)
    {
        var delivery = job.Plan.Request.Delivery;
        using var image = Image.Open(store.Open(original.File));
        return await SaveAsync(job, original, image, new SaveOptions { Format = delivery.Format, Quality = delivery.Compression ?? 90 });
    }

    private async Task<ProcessedImage> SaveAsync(Job job, ImageRecord original, Image image, SaveOptions options)
    {
        await using var target = recorder.CreateProcessedImage(job, original);
        using var resized = image.ResizeToCover(job.Plan.Request.Delivery.ResizeTo ?? image.Size);
        resized.Save(target, options);
        return new ProcessedImage(await target.CompleteAsync());
    }

    private static IEnumerable<string> GetWarnings(CompositeReport report, OutsidePixels outside) =>
        new (bool IsTheCase, string Warning)[]
        {
            (report.ColourShift >= VisibleColourShift && outside is OutsidePixels.Keep,
                $"The model shifted colours by {report.ColourShift:0} of 255 levels next to the region: look for a seam at its edge. "
                + (report.Colours is null ? "Without match_colours: false they are matched where they can be." : "A wider feather, a region that ends along edges in the image, or another attempt helps.")),
            (report.CmykConverted, "The image was CMYK; all of the result is sRGB."),
            (report.ProfileUnwritable, "Nothing new can be written in the image's colour profile, which is one of a scanner, of a camera or of an XYB JPEG; all of the result is 8-bit sRGB and looks the same."),
            (report.BecameColour, "The image was grey and is RGB now, because colour was drawn into the region; all other pixels are as grey as before."),
            (report.GreyKept, "The image has a grey colour profile, so what was drawn is grey as well."),
            (report.AlphaRevealed, "The region was mostly transparent, so it became opaque where something was drawn."),
            (report.BecameEightBit, "The image had 16 bits a channel, which webp cannot hold: the result has 8. Format png preserves all."),
            (report.ProfileConverted,
                "The image's colours were converted to sRGB, because the format cannot hold them with their profile. Format png preserves them."),
        }
        .Where(entry => entry.IsTheCase)
        .Select(entry => entry.Warning);
}
