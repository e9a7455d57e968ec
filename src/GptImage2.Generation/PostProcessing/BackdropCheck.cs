using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Backdrops;
using GptImage2.Generation.Spending;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.PostProcessing;

/// <summary>Whether a subject that was drawn on a backdrop has its hue itself, so that parts of it may have gone with the backdrop.</summary>
public static class BackdropCheck
{
    /// <summary>What to tell of it, with the backdrop of a second try and its price; null where nothing is wrong.</summary>
    /// <param name="id">Of the image.</param>
    public static string? Describe(Image cutout, ImageRequest request, Price price, string id)
    {
        // White has no hue.
        if (request.Translucent || request.Backdrop is not { } backdrop || BackdropShare.Measure(cutout, backdrop.Hue) is not (>= BackdropShare.Max and var share))
        {
            return null;
        }

        var other = backdrop.ChooseInstead(request.Prompt);
        var advice = other == backdrop
            ? "No other backdrop is farther from the colours that the prompt speaks of."
            : $"A prompt that calls the subject {backdrop.HueName} makes a second try on {other.Name}{FormatPrice(price)}.";
        return $"cutout: {share:P0} of the subject of image {id} is as {backdrop.HueName} as its backdrop, so that parts of it may be cut away. Look at it. {advice}";
    }

    private static string FormatPrice(Price price) => price switch
    {
        { Estimate: { } usd } => string.Create(CultureInfo.InvariantCulture, $", for about {usd.High:0.00#} USD"),
        { Credits: { } credits } => string.Create(CultureInfo.InvariantCulture, $", for {credits:0.##} credits"),
        { Unit: CostUnit.None } => ", free",
        _ => "",
    };
}
