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

        /// <summary>What a language model that hands the request on costs in addition; null where the request goes to the image model itself.</summary>
        public CarrierTariff? Carrier { get; init; }
    }
}

/// <summary>USD for a million tokens of each kind.</summary>
public sealed record TokenPrices(decimal TextIn, decimal ImageIn, decimal ImageOut);

/// <summary>
/// What a language model costs that reads a request, hands it on to the image model and may look at what that has drawn. It may
/// write no more than <see cref="LimitOutput"/>; whoever sends the request has to say so.
/// </summary>
/// <param name="In">USD for a million tokens that it reads, images included.</param>
/// <param name="Out">USD for a million tokens that it writes or thinks.</param>
/// <param name="MaxImageTokens">Most tokens as which it reads one image.</param>
public sealed record CarrierTariff(decimal In, decimal Out, int MaxImageTokens)
{
    /// <summary>It reads everything once before the tool is called and once more after it.</summary>
    private const int Readings = 2;

    /// <summary>
    /// Instructions, the tool's own description and what frames them. Third parties measured up to 2,300 tokens for all readings
    /// together (community.openai.com/t/1277438 and docs.apiyi.com, read 2026-11).
    /// </summary>
    private const int FrameTokens = 2500;

    /// <summary>No model writes more in one answer (model pages of gpt-5.4 and gpt-5.4-mini, read 2026-11), and a request for more is refused.</summary>
    private const int MaxOutputTokens = 128_000;

    /// <summary>The most tokens that it may write: the prompt, of which no tokenizer makes more tokens than bytes, and some to think.</summary>
    /// <param name="promptBytes">In UTF-8.</param>
    public static int LimitOutput(int promptBytes) => Math.Min(promptBytes + 4096, MaxOutputTokens);

    /// <summary>The most that it can cost for one image, in USD.</summary>
    /// <param name="images">How many images go with the prompt.</param>
    public decimal CalculateCeiling(int promptBytes, int images)
    {
        long written = LimitOutput(promptBytes);
        var read = (Readings * (promptBytes + FrameTokens + ((images + 1L) * MaxImageTokens))) + written;
        return ((read * In) + (written * Out)) / 1_000_000;
    }

    /// <summary>What it costs by what was counted, in USD.</summary>
    public decimal CalculateActual(long read, long written) => ((read * In) + (written * Out)) / 1_000_000;
}

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
