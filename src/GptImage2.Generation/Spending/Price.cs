using GptImage2.Generation.Json;

namespace GptImage2.Generation.Spending;

/// <summary>What a plan will cost, as far as it is known in advance.</summary>
public sealed record Price
{
    public static Price Free { get; } = new() { Unit = CostUnit.None };

    /// <summary>The price of a request that a service counts in credits.</summary>
    /// <param name="usdPerCredit">Null where the user has not said what a credit costs, so that the price in USD is unknown.</param>
    public static Price FromCredits(decimal credits, decimal? usdPerCredit)
    {
        var usd = credits * usdPerCredit;
        return new Price { Unit = CostUnit.Credits, Credits = credits, Estimate = usd is { } known ? new UsdRange(known, known) : null, Ceiling = usd };
    }

    /// <summary>What both cost together, as far as both are known; they are of one service.</summary>
    public Price Add(Price other) => new()
    {
        Unit = Unit,
        Estimate = (Estimate, other.Estimate) is ({ } mine, { } theirs) ? new UsdRange(mine.Low + theirs.Low, mine.High + theirs.High) : null,
        Credits = Credits + other.Credits,
        Ceiling = Ceiling + other.Ceiling,
    };

    public required CostUnit Unit { get; init; }

    /// <summary>The likely range in USD for all images together, or null where unknown.</summary>
    public UsdRange? Estimate { get; init; }

    /// <summary>The service's own price for all images together, where it counts in credits.</summary>
    public decimal? Credits { get; init; }

    /// <summary>The most it can cost in USD: what the caps count. Null where unknown.</summary>
    public decimal? Ceiling { get; init; }
}

/// <summary>From cheapest to dearest, in USD.</summary>
public sealed record UsdRange(decimal Low, decimal High);

/// <summary>What a backend counts its price in.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<CostUnit>))]
public enum CostUnit
{
    Usd,
    Credits,
    None,
}
