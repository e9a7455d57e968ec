using System.Text;
using GptImage2.Generation.Constraints;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;

namespace GptImage2.Generation.Spending;

/// <summary>Turns a validated request into a price before it is sent, and reported usage into a cost after.</summary>
public static class PriceList
{
    private const decimal Million = 1_000_000;

    /// <summary>What the service adds to a prompt's own tokens (measured by third parties; a few tokens more or less).</summary>
    private const int PromptOverhead = 6;

    /// <param name="validated">The request.</param>
    /// <param name="inputs">Sizes of the pictures that are sent with it, in pixels.</param>
    public static Price Of(Validated<ImageRequest> validated, IReadOnlyList<Dimensions> inputs) => validated.Profile.Tariff switch
    {
        Tariff.Free => Price.Free,
        Tariff.PerToken { Formula: { } formula } tariff => Known(validated, inputs, tariff.Prices, formula),
        Tariff.PerToken tariff => new Price { Unit = CostUnit.Usd, Ceiling = Ceiling(validated, inputs.Count, tariff.Prices, Dearest(validated.Request)) },
        _ => new Price { Unit = CostUnit.Usd },
    };

    /// <summary>USD for one picture of that size and quality, without the prompt; null where it cannot be told.</summary>
    public static decimal? OnePicture(ModelProfile profile, Dimensions size, ImageQuality quality) =>
        profile.Tariff is Tariff.PerToken { Formula: { } formula } tariff && formula.Bases.ContainsKey(quality)
            ? formula.OutputTokens(size, quality) * tariff.Prices.ImageOut / Million
            : null;

    /// <summary>USD for the tokens that the service reported, or null without a price.</summary>
    public static decimal? Actual(Tariff tariff, TokenUsage? usage) => (tariff, usage) switch
    {
        (Tariff.Free, _) => 0,
        (Tariff.PerToken { Prices: var prices }, { } tokens) =>
            (tokens.TextIn * prices.TextIn + tokens.ImageIn * prices.ImageIn + tokens.Out * prices.ImageOut) / Million,
        _ => null,
    };

    private static Price Known(Validated<ImageRequest> validated, IReadOnlyList<Dimensions> inputs, TokenPrices prices, TokenFormula formula)
    {
        var request = validated.Request;
        var bytes = Encoding.UTF8.GetByteCount(request.PromptAsSent);
        var seen = inputs.Sum(validated.Profile.Inputs.Tokens);
        var qualities = request.Quality is ImageQuality.Auto ? formula.Bases.Keys : [request.Quality];
        var tokens = qualities.Select(quality => formula.OutputTokens(request.Size, quality)).ToArray();

        return new Price
        {
            Unit = CostUnit.Usd,
            Estimate = new UsdRange(
                // Whether the words of several pictures are billed once or for each, nobody says.
                Usd(request.Count, tokens.Min(), bytes / 6 / request.Count, seen, prices),
                Usd(request.Count, tokens.Max() + Partials(validated), bytes / 2 + PromptOverhead, seen, prices)),
            Ceiling = Ceiling(validated, inputs.Count, prices, tokens.Max()),
        };
    }

    private static decimal Ceiling(Validated<ImageRequest> validated, int inputs, TokenPrices prices, long outputTokens) => Usd(
        validated.Request.Count,
        outputTokens + Partials(validated),
        // No tokenizer makes more tokens than there are bytes.
        Encoding.UTF8.GetByteCount(LongestPrompt(validated.Request)) + PromptOverhead,
        // However large a picture is, the service looks at no more of it than this.
        (long)inputs * validated.Profile.Inputs.PatchBudget,
        prices);

    /// <summary>A service that refuses transparency is asked again, in more words.</summary>
    private static string LongestPrompt(ImageRequest request) =>
        (request.Background is ImageBackground.Transparent ? request.OnBackdrop() : request).PromptAsSent;

    private static long Partials(Validated<ImageRequest> validated) => (long)validated.Profile.PartialImages * TokenFormula.PartialImage;

    /// <summary>Several pictures of one call are billed like several calls, inputs included.</summary>
    private static decimal Usd(int count, long outputTokens, long textTokens, long imageTokens, TokenPrices prices) =>
        count * (outputTokens * prices.ImageOut + textTokens * prices.TextIn + imageTokens * prices.ImageIn) / Million;

    /// <summary>Without a formula of its own a model is taken to be as dear as the dearest whose formula is known.</summary>
    private static long Dearest(ImageRequest request) => KnownModels.Current
        .Select(profile => profile.Tariff)
        .OfType<Tariff.PerToken>()
        .SelectMany(tariff => tariff.Formula?.Bases.Keys.Select(quality => (tariff.Formula, quality)) ?? [])
        .Where(known => request.Quality is ImageQuality.Auto || known.quality == request.Quality)
        .Max(known => known.Formula.OutputTokens(request.Size, known.quality));
}
