using GptImage2.Generation.Models;
using GptImage2.Imaging.Compositing;

namespace GptImage2.Generation.Planning.Regions;

/// <summary>Decides what part of an image a model is sent for an edit, and on which legal canvas.</summary>
public static class CanvasSelector
{
    /// <summary>An image that fills less of its canvas is enlarged: a model would draw mostly padding.</summary>
    private const double MinFill = 0.5;

    /// <summary>How many times the region's size is sent of a very long image, best first.</summary>
    private static readonly double[] ContextFactors = [3, 2, 1.5, 1];

    /// <summary>
    /// The whole image at scale 1 where a legal canvas holds it, else the region with context around it. Each pixel is sent at its own size wherever
    /// a legal canvas holds the region so; an image too small or too thin for that is enlarged, a region too large for any canvas is reduced.
    /// </summary>
    /// <param name="rules">Which canvases are legal.</param>
    /// <param name="image">Size of the upright image.</param>
    /// <param name="region">Bounds of what changes, inside the image.</param>
    /// <exception cref="ArgumentOutOfRangeException">The region is outside the image.</exception>
    public static CanvasPlacement Select(SizeRules rules, Dimensions image, PixelArea region)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (!region.IsInside(image))
        {
            throw new ArgumentOutOfRangeException(nameof(region), region, $"The region is outside the image of {image}.");
        }

        var choice = SelectWholeImage(rules, image)
            ?? SelectCrop(rules, image, region.Size)
            ?? SelectEnlarged(rules, image, region.Size)
            ?? SelectReduced(rules, image, region.Size);
        return choice.PlaceAround(image, region);
    }

    private static CanvasCandidate? SelectWholeImage(SizeRules rules, Dimensions image) =>
        rules.SmallestContaining(image) is { } canvas && image.PixelCount >= MinFill * canvas.PixelCount ? new CanvasCandidate(canvas, 1, image) : null;

    /// <summary>Every pixel at its own size, with as much context as is useful; null where no canvas holds the region so, or only in much padding.</summary>
    private static CanvasCandidate? SelectCrop(SizeRules rules, Dimensions image, Dimensions region)
    {
        var context = DesiredContext.Compute(image, region);
        return rules.CandidatesNear(_ => context.Height).Concat(rules.CandidatesNear(_ => region.Height)).Concat(rules.CandidatesNear(_ => image.Height))
            .Select(canvas => CanvasCandidate.AtScale(1, canvas, image))
            .Where(choice => choice.Contains(region) && choice.Fill >= MinFill)
            .MinBy(choice => context.Distance(choice.Area) + (1 / choice.Fill) - 1);
    }

    /// <summary>The whole image, or of a very long one a stretch with as much context as fits; null where no canvas holds the region without reducing.</summary>
    private static CanvasCandidate? SelectEnlarged(SizeRules rules, Dimensions image, Dimensions region)
    {
        var isLong = Math.Max(image.Width, image.Height) * MinFill > (double)rules.MaxRatio * Math.Min(image.Width, image.Height);
        return isLong
            ? ContextFactors
                .Select(times => new DesiredContext(Math.Min(image.Width, times * region.Width), Math.Min(image.Height, times * region.Height)))
                .Select(needed => SelectEnlarged(rules, image, needed))
                .FirstOrDefault(choice => choice is not null)
            : SelectEnlarged(rules, image, new DesiredContext(image.Width, image.Height));
    }

    /// <summary>As large as the smallest canvas of such a shape allows.</summary>
    private static CanvasCandidate? SelectEnlarged(SizeRules rules, Dimensions image, DesiredContext needed) =>
        rules.CandidatesNear(width => (double)width * image.Height / image.Width).Concat(rules.CandidatesNear(width => width * needed.Height / needed.Width))
            .Select(canvas => CanvasCandidate.AtScale(ComputeEnlargement(canvas, image, needed), canvas, image))
            .Where(choice => choice.Scale >= 1)
            .MinBy(choice => choice.Canvas.PixelCount / choice.Fill * Math.Sqrt(choice.Scale));

    /// <summary>Until the canvas is filled, but never so far that what is needed no longer fits. A few per cent would only blur.</summary>
    private static double ComputeEnlargement(Dimensions canvas, Dimensions image, DesiredContext needed)
    {
        var scale = Math.Min(
            Math.Max((double)canvas.Width / image.Width, (double)canvas.Height / image.Height),
            Math.Min(canvas.Width / needed.Width, canvas.Height / needed.Height));
        return scale is > 1 and < 1.2 ? 1 : scale;
    }

    /// <summary>The region as large as any canvas lets it be, with what else fits there.</summary>
    private static CanvasCandidate SelectReduced(SizeRules rules, Dimensions image, Dimensions region) =>
        rules.CandidatesNear(width => (double)width * region.Height / region.Width)
            .Select(canvas => (Canvas: canvas, Scale: Math.Min((double)canvas.Width / region.Width, (double)canvas.Height / region.Height)))
            .Select(choice => CanvasCandidate.AtScale(Math.Min(1, choice.Scale), choice.Canvas, image))
            .OrderByDescending(choice => Math.Round(choice.Scale, 6)).ThenByDescending(choice => choice.Fill)
            .First();
}
