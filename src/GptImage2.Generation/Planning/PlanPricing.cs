using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Generation.Spending;

namespace GptImage2.Generation.Planning;

/// <summary>What a request costs at a backend: by its tariff, or by what the service itself says.</summary>
internal static class PlanPricing
{
    /// <param name="sent">Sizes of the images that are sent with it, in pixels.</param>
    /// <exception cref="ImageException">The service could not be asked for its price, or refused the request.</exception>
    public static async Task<Price> GetPriceAsync(IImageBackend backend, Validated<ImageRequest> validated, IReadOnlyList<Dimensions> sent, CancellationToken cancellationToken) =>
        (backend, validated.Profile.Tariff) is (IQuotingBackend quoting, Tariff.Quoted { UsdPerCredit: var rate })
            ? Price.FromCredits(await QuoteAsync(quoting, validated, cancellationToken), rate)
            : PriceCalculator.Estimate(validated, sent);

    /// <summary>Of both pictures where there is a second.</summary>
    private static async Task<decimal> QuoteAsync(IQuotingBackend quoting, Validated<ImageRequest> validated, CancellationToken cancellationToken)
    {
        var first = await quoting.QuoteAsync(validated, cancellationToken);
        return PriceCalculator.FindSecond(validated) is { } second ? first + await quoting.QuoteAsync(second, cancellationToken) : first;
    }
}
