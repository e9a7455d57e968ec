namespace GptImage2.Generation.Models;

/// <summary>What a model costs. Closed: these are all the cases there are.</summary>
public abstract record Tariff
{
    private Tariff()
    {
    }

    /// <summary>Costs nothing, whatever is asked.</summary>
    public sealed record Free : Tariff;

    /// <summary>Billed, at a price that is unknown.</summary>
    public sealed record Unknown : Tariff;

    /// <summary>Billed in the service's own credits, of which it names the number before a request is sent.</summary>
    /// <param name="UsdPerCredit">What the user pays for one; null where the user has not said so.</param>
    public sealed record Quoted(decimal? UsdPerCredit) : Tariff;

    /// <summary>Billed by tokens. Without a formula the number of tokens is known only afterwards, from reported usage.</summary>
    public sealed record PerToken(TokenPrices Prices, TokenFormula? Formula) : Tariff
    {
        /// <summary>Whose dearest result is the ceiling where the model's own formula is unknown.</summary>
        public IReadOnlyList<TokenFormula> CeilingFormulas { get; init; } = [];
    }
}

/// <summary>USD for a million tokens of each kind.</summary>
public sealed record TokenPrices(decimal TextIn, decimal ImageIn, decimal ImageOut);

/// <summary>
/// How many output tokens one image takes. The formula is that of the calculator in OpenAI's image generation guide
/// (read 2026-09), which reproduces its price table.
/// </summary>
/// <param name="Bases">The vendor's base figure for each quality it has a price for.</param>
public sealed record TokenFormula(IReadOnlyDictionary<ImageQuality, int> Bases)
{
    /// <summary>What one partial image of an event stream adds (OpenAI's image generation guide, 2026-09).</summary>
    public const int PartialImageTokens = 100;

    /// <summary>Output tokens of one image. <paramref name="quality"/> must be one of <see cref="Bases"/>.</summary>
    public long OutputTokens(Dimensions size, ImageQuality quality)
    {
        var @base = Bases[quality];
        long longer = Math.Max(size.Width, size.Height);
        long shorter = Math.Min(size.Width, size.Height);

        var units = (long)Math.Round((decimal)@base * shorter / longer, MidpointRounding.ToEven);
        return (long)Math.Ceiling(@base * units * (2_000_000m + size.PixelCount) / 4_000_000m);
    }
}
