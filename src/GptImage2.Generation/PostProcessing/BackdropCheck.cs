using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Backdrops;
using GptImage2.Generation.Spending;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.PostProcessing;

/// <summary>Whether a subject that was drawn on a backdrop has its hue itself, so that parts of it may have gone with the backdrop.</summary>
public static class BackdropCheck
{
    /// <summary>Enough to judge a share by.</summary>
    private const int MaxEdge = 512;

    /// <summary>What of the backdrop's light remains on edges stays below.</summary>
    private const double MaxShare = 0.02;

    private const double MaxHueDifference = 25;

    /// <summary>Difference between the largest and the smallest channel below which a pixel counts as grey.</summary>
    private const int MinChroma = 60;

    /// <summary>What to tell of it, with the backdrop of a second try and its price; null where nothing is wrong.</summary>
    /// <param name="id">Of the image.</param>
    public static string? Describe(Image cutout, ImageRequest request, Price price, string id)
    {
        // White has no hue.
        if (request.Translucent || request.Backdrop is not { } backdrop || MeasureShare(cutout, backdrop) is not (>= MaxShare and var share))
        {
            return null;
        }

        var other = backdrop.ChooseInstead(request.Prompt);
        var advice = other == backdrop
            ? "No other backdrop is farther from the colours that the prompt speaks of."
            : $"A prompt that calls the subject {backdrop.HueName} makes a second try on {other.Name}{FormatPrice(price)}.";
        return $"cutout: {share:P0} of the subject of image {id} is as {backdrop.HueName} as its backdrop, so that parts of it may be cut away. Look at it. {advice}";
    }

    /// <summary>The share of its opaque pixels that have the backdrop's hue, 0 to 1.</summary>
    private static double MeasureShare(Image cutout, ChromaKey backdrop)
    {
        var scale = Math.Min(1, MaxEdge / (double)Math.Max(cutout.Size.Width, cutout.Size.Height));
        using var small = cutout.Resize(new Dimensions(Math.Max(1, (int)(cutout.Size.Width * scale)), Math.Max(1, (int)(cutout.Size.Height * scale))));
        var (opaque, alike) = (0, 0);
        foreach (var pixel in small.ToRgbaBytes().Chunk(4).Where(pixel => pixel[3] == byte.MaxValue))
        {
            var colour = new Colour(pixel[0], pixel[1], pixel[2]);
            opaque++;
            alike += colour.Chroma >= MinChroma && HueWords.Distance(colour.Hue, backdrop.Hue) <= MaxHueDifference ? 1 : 0;
        }

        return opaque == 0 ? 0 : (double)alike / opaque;
    }

    private static string FormatPrice(Price price) => price switch
    {
        { Estimate: { } usd } => string.Create(CultureInfo.InvariantCulture, $", for about {usd.High:0.00#} USD"),
        { Credits: { } credits } => string.Create(CultureInfo.InvariantCulture, $", for {credits:0.##} credits"),
        { Unit: CostUnit.None } => ", free",
        _ => "",
    };
}
