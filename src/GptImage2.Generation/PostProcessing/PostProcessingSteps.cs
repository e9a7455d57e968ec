using System.Globalization;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Storage.Local;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Compositing;

namespace GptImage2.Generation.PostProcessing;

/// <summary>The pixel work of finishing: pasting back, cutting out, resizing, converting.</summary>
public sealed class PostProcessingSteps(IImageStore store, InputStore inputs, ImageRecorder keeper)
{
    /// <summary>Mean difference, in levels of 255, beside a region's edge from which on a seam shows.</summary>
    private const double VisibleColourShift = 4;

    /// <summary>Brings the drawn region into the original; every other pixel stays the original's.</summary>
    public async Task<ProcessedImage> PasteBackAsync(Job job, ImageRecord kept)
    {
        var (plan, region) = (job.Plan, job.Plan.Region!);
        await using var finished = keeper.CreateProcessedImage(job, kept);
        var report = Compositor.Composite(
            inputs.Open(plan.Inputs[0].Stored!),
            store.Open(kept.File),
            region.Placement,
            region.Mask,
            region.Feather,
            region.Outside,
            BackgroundRemoval.CreateSaveOptions(plan.Request.Delivery),
            finished);
        var image = await finished.CompleteAsync();
        foreach (var warning in GetWarnings(report, region.Outside))
        {
            job.AddWarning(warning);
        }

        return new ProcessedImage(image, new RegionReport(report.Coverage, report.ChangedInside, report.ChangedOutside));
    }

    /// <summary>Leaves the subject alone on a transparent ground, in the size that was asked for.</summary>
    /// <exception cref="ImageException">No good cut is possible.</exception>
    public async Task<ProcessedImage> RemoveBackgroundAsync(Job job, ImageRecord kept)
    {
        var delivery = job.Plan.Request.Delivery;
        using var cut = BackgroundRemoval.RemoveBackground(store.Open(kept.File));
        await using var finished = keeper.CreateProcessedImage(job, kept);
        using var sized = Resize(cut.Image, delivery);
        sized.Save(finished, BackgroundRemoval.CreateSaveOptions(delivery));
        return new ProcessedImage(await finished.CompleteAsync());
    }

    /// <summary>The picture in the size and format that were asked for.</summary>
    public async Task<ProcessedImage> ResizeAsync(Job job, ImageRecord kept)
    {
        var delivery = job.Plan.Request.Delivery;
        await using var finished = keeper.CreateProcessedImage(job, kept);
        using var picture = Image.Open(store.Open(kept.File));
        using var sized = Resize(picture, delivery);
        sized.Save(finished, new SaveOptions { Format = delivery.Format, Quality = delivery.Compression ?? 90 });
        return new ProcessedImage(await finished.CompleteAsync());
    }

    private static Image Resize(Image picture, Delivery delivery) => picture.ResizeToCover(delivery.ResizeTo ?? picture.Size);

    private static IEnumerable<string> GetWarnings(CompositeReport report, OutsidePixels outside)
    {
        if (report.ColourShift >= VisibleColourShift && outside is OutsidePixels.Keep)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The model shifted colours by {report.ColourShift:0} of 255 levels beside the region: look for a seam at its edge. A wider feather, a region that ends along edges in the picture, or another try helps.");
        }

        if (report.CmykConverted)
        {
            yield return "The picture was CMYK; the result is sRGB, all of it.";
        }

        if (report.BecameColour)
        {
            yield return "The picture was grey and is RGB now, because colour was drawn into the region; all other pixels are as grey as before.";
        }

        if (report.GreyKept)
        {
            yield return "The picture has a grey colour profile, so what was drawn is grey as well.";
        }

        if (report.AlphaRevealed)
        {
            yield return "The region was mostly transparent, so it became opaque where something was drawn.";
        }

        if (report.BecameEightBit)
        {
            yield return "The picture had 16 bits a channel, which webp cannot hold: the result has 8. Format png keeps all.";
        }

        if (report.ProfileConverted)
        {
            yield return "The picture's colours were converted to sRGB, because the format cannot hold them with their profile. Format png keeps them.";
        }
    }
}
