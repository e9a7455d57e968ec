using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;

namespace GptImage2.Generation.Spending;

/// <summary>Turns a validated request into a price before it is sent, and reported usage into a cost after.</summary>
public static class PriceCalculator
{
    private const decimal Million = 1_000_000;

    /// <summary>What the service adds to a prompt's own tokens (measured by third parties; a few tokens more or less).</summary>
    private const int PromptOverhead = 6;

    /// <summary>The price of everything that is sent for a request: of both pictures where there is a second.</summary>
    /// <param name="inputs">Sizes of the images that are sent with it, in pixels.</param>
    public static Price Estimate(Validated<ImageRequest> validated, IReadOnlyList<Dimensions> inputs) => FindSecond(validated) is { } second
        ? EstimateOne(validated, inputs).Add(EstimateOne(second, [validated.Request.Size]))
        : EstimateOne(validated, inputs);

    /// <summary>The request for the second picture, as far as its price depends on it; null where there is none.</summary>
    internal static Validated<ImageRequest>? FindSecond(Validated<ImageRequest> validated) =>
        validated.Request.HasSecondPicture ? RequestValidator.AssumeValid<ImageRequest>(SecondPicture.Create(validated.Request, ""), validated.Profile) : null;

    private static Price EstimateOne(Validated<ImageRequest> validated, IReadOnlyList<Dimensions> inputs) => validated.Profile.Tariff switch
    {
        Tariff.Free => Price.Free,
        Tariff.PerToken { Formula: { } formula } tariff => EstimateWithFormula(validated, inputs, tariff, formula),
        Tariff.PerToken tariff => new Price { Unit = CostUnit.Usd, Ceiling = CalculateCeiling(validated, inputs.Count, tariff, MaxOutputTokens(tariff, validated.Request)) },
        Tariff.Quoted => new Price { Unit = CostUnit.Credits },
        _ => new Price { Unit = CostUnit.Usd },
    };

    /// <summary>USD for one image of that size and quality, without the prompt; null where it is unknown.</summary>
    public static decimal? EstimateImage(ModelProfile profile, Dimensions size, ImageQuality quality) =>
        profile.Tariff is Tariff.PerToken { Formula: { } formula } tariff && formula.Bases.ContainsKey(quality)
            ? formula.OutputTokens(size, quality) * tariff.Prices.ImageOut / Million
            : null;

    /// <summary>USD for what the service reported, or null without a price.</summary>
    public static decimal? CalculateActual(Tariff tariff, RenderOutcome outcome) => (tariff, outcome) switch
    {
        (Tariff.Free, _) => 0,
        (_, { Usd: { } usd }) => usd,
        (Tariff.PerToken { Carrier: not null }, { Usage.Carrier: null }) => null,
        (Tariff.PerToken { Prices: var prices, Carrier: var carrier }, { Usage: { } tokens }) =>
            (carrier?.CalculateActual(tokens.Carrier!.In, tokens.Carrier.Out) ?? 0)
            + (tokens.TextIn * prices.TextIn + tokens.ImageIn * prices.ImageIn + tokens.Out * prices.ImageOut) / Million,
        (Tariff.Quoted { UsdPerCredit: { } rate }, { Credits: { } credits }) => credits * rate,
        _ => null,
    };

    private static Price EstimateWithFormula(Validated<ImageRequest> validated, IReadOnlyList<Dimensions> inputs, Tariff.PerToken tariff, TokenFormula formula)
    {
        var (request, prices) = (validated.Request, tariff.Prices);
        var bytes = Encoding.UTF8.GetByteCount(validated.PromptAsSent);
        var seen = inputs.Sum(validated.Profile.Inputs.CountTokens);
        var qualities = request.Quality is ImageQuality.Auto ? formula.Bases.Keys : [request.Quality];
        var tokens = qualities.Select(quality => formula.OutputTokens(request.Size, quality)).ToArray();

        return new Price
        {
            Unit = CostUnit.Usd,
            Estimate = new UsdRange(
                // Whether the prompt of several images is billed once or for each is not documented.
                CalculateUsd(request.Count, tokens.Min(), bytes / 6 / request.Count, seen, prices),
                CalculateUsd(request.Count, tokens.Max() + PartialImageTokens(validated), bytes / 2 + PromptOverhead, seen, prices)
                    + CarrierCeiling(validated, inputs.Count, tariff)),
            Ceiling = CalculateCeiling(validated, inputs.Count, tariff, tokens.Max()),
        };
    }

    private static decimal CalculateCeiling(Validated<ImageRequest> validated, int inputs, Tariff.PerToken tariff, long outputTokens)
    {
        // No tokenizer makes more tokens than there are bytes. A carrier words the prompt anew, in no more tokens than it may write.
        var bytes = CountPromptBytes(validated);
        return CarrierCeiling(validated, inputs, tariff) + CalculateUsd(
            validated.Request.Count,
            outputTokens + PartialImageTokens(validated),
            (tariff.Carrier is null ? bytes : CarrierTariff.LimitOutput(bytes)) + PromptOverhead,
            // However large an image is, the service looks at no more of it than this.
            (long)inputs * validated.Profile.Inputs.MaxPatches,
            tariff.Prices);
    }

    /// <summary>The most that a model which hands the request on costs; it is asked once for each image.</summary>
    private static decimal CarrierCeiling(Validated<ImageRequest> validated, int inputs, Tariff.PerToken tariff) =>
        validated.Request.Count * (tariff.Carrier?.CalculateCeiling(CountPromptBytes(validated), inputs) ?? 0);

    private static int CountPromptBytes(Validated<ImageRequest> validated) => Encoding.UTF8.GetByteCount(LongestPrompt(validated));

    /// <summary>Where the service refuses transparency the call is repeated with a longer prompt.</summary>
    private static string LongestPrompt(Validated<ImageRequest> validated) =>
        validated.Request.Background is ImageBackground.Transparent ? PromptComposer.Compose(validated.Request.WithChromaKey()) : validated.PromptAsSent;

    private static long PartialImageTokens(Validated<ImageRequest> validated) => (long)validated.Profile.PartialImages * TokenFormula.PartialImageTokens;

    /// <summary>Several images of one call are billed like several calls, inputs included.</summary>
    private static decimal CalculateUsd(int count, long outputTokens, long textTokens, long imageTokens, TokenPrices prices) =>
        count * (outputTokens * prices.ImageOut + textTokens * prices.TextIn + imageTokens * prices.ImageIn) / Million;

    private static long MaxOutputTokens(Tariff.PerToken tariff, ImageRequest request) => tariff.CeilingFormulas
        .SelectMany(formula => formula.Bases.Keys.Select(quality => (Formula: formula, Quality: quality)))
        .Where(known => request.Quality is ImageQuality.Auto || known.Quality == request.Quality)
        .Max(known => known.Formula.OutputTokens(request.Size, known.Quality));
}
