using GptImage2.Generation.Models;
using GptImage2.Imaging.Compositing;

namespace GptImage2.Generation.Planning.Regions;

/// <summary>Decides what part of an image a model is sent for an edit, and on which legal canvas.</summary>
public static class CanvasSelector
{
    /// <summary>An image that fills less of its canvas is enlarged: a model would draw mostly padding.</summary>
    private const double MinFill = 0.5;

    /// <summary>How many times the region's size is sent of a very long image, best first; at the last, no more than is needed.</summary>
    private static readonly double[] ContextFactors = [3, 2, 1.5, 1];

    /// <summary>
    /// The whole image at scale 1 where a legal canvas holds it, else the region with context around it: never less than <see cref="NeededContext"/>.
    /// Each pixel is sent at its own size wherever a legal canvas holds that much; an image too small or too thin for that is enlarged, a region too
    /// large for any canvas is reduced.
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

        var needed = NeededContext.Around(region, image);
        var choice = SelectWholeImage(rules, image)
            ?? SelectCrop(rules, image, region.Size, needed)
            ?? SelectEnlarged(rules, image, region.Size, needed)
            ?? SelectReduced(rules, image, needed);
        return choice.PlaceAround(image, region);
    }

    private static CanvasCandidate? SelectWholeImage(SizeRules rules, Dimensions image) =>
        rules.SmallestContaining(image) is { } canvas && image.PixelCount >= MinFill * canvas.PixelCount ? new CanvasCandidate(canvas, 1, image) : null;

    /// <summary>Every pixel at its own size, with as much context as is useful; null where no canvas holds what is needed so, or only in much padding.</summary>
    private static CanvasCandidate? SelectCrop(SizeRules rules, Dimensions image, Dimensions region, Dimensions needed)
    {
        var context = DesiredContext.Compute(image, region);
        return rules.CandidatesNear(_ => context.Height).Concat(rules.CandidatesNear(_ => needed.Height)).Concat(rules.CandidatesNear(_ => image.Height))
            .Select(canvas => CanvasCandidate.AtScale(1, canvas, image))
            .Where(choice => choice.Contains(needed) && choice.Fill >= MinFill)
            .MinBy(choice => context.Distance(choice.Area) + (1 / choice.Fill) - 1);
    }

    /// <summary>The whole image, or of a very long one a stretch with as much context as fits; null where no canvas holds what is needed without reducing.</summary>
    private static CanvasCandidate? SelectEnlarged(SizeRules rules, Dimensions image, Dimensions region, Dimensions needed)
    {
        var isLong = Math.Max(image.Width, image.Height) * MinFill > (double)rules.MaxRatio * Math.Min(image.Width, image.Height);
        return isLong
            ? ContextFactors
                .Select(times => new DesiredContext(
                    Math.Min(image.Width, Math.Max(needed.Width, times * region.Width)), Math.Min(image.Height, Math.Max(needed.Height, times * region.Height))))
                .Select(shown => SelectEnlarged(rules, image, shown))
                .FirstOrDefault(choice => choice is not null)
            : SelectEnlarged(rules, image, new DesiredContext(image.Width, image.Height));
    }

    /// <summary>As large as the smallest canvas of such a shape allows.</summary>
    private static CanvasCandidate? SelectEnlarged(SizeRules rules, Dimensions image, DesiredContext shown) =>
        rules.CandidatesNear(width => (double)width * image.Height / image.Width).Concat(rules.CandidatesNear(width => width * shown.Height / shown.Width))
            .Select(canvas => CanvasCandidate.AtScale(ComputeEnlargement(canvas, image, shown), canvas, image))
            .Where(choice => choice.Scale >= 1)
            .MinBy(choice => choice.Canvas.PixelCount / choice.Fill * Math.Sqrt(choice.Scale));

    /// <summary>Until the canvas is filled, but never so far that what is to be shown no longer fits. A few per cent would only blur.</summary>
    private static double ComputeEnlargement(Dimensions canvas, Dimensions image, DesiredContext shown)
    {
        var scale = Math.Min(
            Math.Max((double)canvas.Width / image.Width, (double)canvas.Height / image.Height),
            Math.Min(canvas.Width / shown.Width, canvas.Height / shown.Height));
        return scale is > 1 and < 1.2 ? 1 : scale;
    }

    /// <summary>What is needed as large as any canvas lets it be, with what else fits there.</summary>
    private static CanvasCandidate SelectReduced(SizeRules rules, Dimensions image, Dimensions needed) =>
        rules.CandidatesNear(width => (double)width * needed.Height / needed.Width)
            .Select(canvas => (Canvas: canvas, Scale: Math.Min((double)canvas.Width / needed.Width, (double)canvas.Height / needed.Height)))
            .Select(choice => CanvasCandidate.AtScale(Math.Min(1, choice.Scale), choice.Canvas, image))
            .OrderByDescending(choice => Math.Round(choice.Scale, 6)).ThenByDescending(choice => choice.Fill)
            .First();
}
