using GptImage2.Generation.Models;
using GptImage2.Imaging;
using GptImage2.Imaging.Masks;

namespace GptImage2.Generation.Regions;

/// <summary>Decides what part of a picture a model is sent for an edit, and on which legal canvas.</summary>
public static class CanvasChooser
{
    /// <summary>A picture that fills less of its canvas is enlarged: a model would draw mostly padding.</summary>
    private const double LeastFill = 0.5;

    /// <summary>How many times the region's size is sent of a very long picture, best first.</summary>
    private static readonly double[] Stretches = [3, 2, 1.5, 1];

    /// <summary>
    /// The whole picture at scale 1 where a legal canvas holds it, else the region with context around it. Each pixel is sent at its own size wherever
    /// a legal canvas holds the region so; a picture too small or too thin for that is enlarged, a region too large for any canvas is reduced.
    /// </summary>
    /// <param name="rules">Which canvases are legal.</param>
    /// <param name="image">Size of the upright picture.</param>
    /// <param name="region">Bounds of what changes, inside the picture.</param>
    /// <exception cref="ArgumentOutOfRangeException">The region lies outside the picture.</exception>
    public static CanvasFit Choose(SizeRules rules, Dimensions image, PixelArea region)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (!region.IsInside(image))
        {
            throw new ArgumentOutOfRangeException(nameof(region), region, $"The region lies outside the picture of {image}.");
        }

        var choice = Whole(rules, image) ?? Crop(rules, image, region.Size) ?? Enlarged(rules, image, region.Size) ?? Reduced(rules, image, region.Size);
        return choice.Around(image, region);
    }

    private static Choice? Whole(SizeRules rules, Dimensions image) =>
        rules.SmallestHolding(image) is { } canvas && image.Pixels >= LeastFill * canvas.Pixels ? new Choice(canvas, 1, image) : null;

    /// <summary>Every pixel at its own size, with as much context as is useful; null where no canvas holds the region so, or only in much padding.</summary>
    private static Choice? Crop(SizeRules rules, Dimensions image, Dimensions region)
    {
        var context = Context.Of(image, region);
        return rules.Near(_ => context.Height).Concat(rules.Near(_ => region.Height)).Concat(rules.Near(_ => image.Height))
            .Select(canvas => Choice.At(1, canvas, image))
            .Where(choice => choice.Holds(region) && choice.Fill >= LeastFill)
            .MinBy(choice => context.Distance(choice.Area) + (1 / choice.Fill) - 1);
    }

    /// <summary>The whole picture, or of a very long one a stretch with as much context as fits; null where no canvas holds the region without reducing.</summary>
    private static Choice? Enlarged(SizeRules rules, Dimensions image, Dimensions region)
    {
        var isLong = Math.Max(image.Width, image.Height) * LeastFill > (double)rules.MaxRatio * Math.Min(image.Width, image.Height);
        return isLong
            ? Stretches.Select(times => Enlarged(rules, image, new Context(Math.Min(image.Width, times * region.Width), Math.Min(image.Height, times * region.Height)))).FirstOrDefault(choice => choice is not null)
            : Enlarged(rules, image, new Context(image.Width, image.Height));
    }

    /// <summary>As large as the smallest canvas of such a shape allows.</summary>
    private static Choice? Enlarged(SizeRules rules, Dimensions image, Context needed) =>
        rules.Near(width => (double)width * image.Height / image.Width).Concat(rules.Near(width => width * needed.Height / needed.Width))
            .Select(canvas => Choice.At(Enlargement(canvas, image, needed), canvas, image))
            .Where(choice => choice.Scale >= 1)
            .MinBy(choice => choice.Canvas.Pixels / choice.Fill * Math.Sqrt(choice.Scale));

    /// <summary>Until the canvas is filled, but never so far that what is needed no longer fits. A few per cent would only blur.</summary>
    private static double Enlargement(Dimensions canvas, Dimensions image, Context needed)
    {
        var scale = Math.Min(
            Math.Max((double)canvas.Width / image.Width, (double)canvas.Height / image.Height),
            Math.Min(canvas.Width / needed.Width, canvas.Height / needed.Height));
        return scale is > 1 and < 1.2 ? 1 : scale;
    }

    /// <summary>The region as large as any canvas lets it be, with what else fits there.</summary>
    private static Choice Reduced(SizeRules rules, Dimensions image, Dimensions region) =>
        rules.Near(width => (double)width * region.Height / region.Width)
            .Select(canvas => Choice.At(Math.Min(1, Math.Min((double)canvas.Width / region.Width, (double)canvas.Height / region.Height)), canvas, image))
            .OrderByDescending(choice => Math.Round(choice.Scale, 6)).ThenByDescending(choice => choice.Fill)
            .First();
}
