using System.Text.Json.Serialization;

namespace GptImage2.Generation.Spending;

/// <summary>What a plan will cost, as far as it can be known before.</summary>
public sealed record Price
{
    public static Price Free { get; } = new() { Unit = CostUnit.None };

    public required CostUnit Unit { get; init; }

    /// <summary>The likely range in USD for all pictures together, or null where nobody can tell.</summary>
    public UsdRange? Estimate { get; init; }

    /// <summary>The most it can cost in USD: what the caps count. Null where nobody can tell.</summary>
    public decimal? Ceiling { get; init; }
}

/// <summary>From cheapest to dearest, in USD.</summary>
public sealed record UsdRange(decimal Low, decimal High);

/// <summary>What a backend counts its price in.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CostUnit>))]
public enum CostUnit
{
    [JsonStringEnumMemberName("usd")]
    Usd,

    [JsonStringEnumMemberName("credits")]
    Credits,

    [JsonStringEnumMemberName("none")]
    None,
}
