namespace GptImage2.Generation.Spending;

/// <summary>What a call cost, or may cost.</summary>
public sealed record LedgerEntry
{
    /// <summary>UTC.</summary>
    public required DateOnly Day { get; init; }

    public required string Tool { get; init; }

    public required string Model { get; init; }

    /// <summary>The most it can cost in millionths of a USD; null where the price is unknown.</summary>
    public long? Reserved { get; init; }

    /// <summary>What it did cost in millionths of a USD; null until the service has reported it.</summary>
    public long? Actual { get; init; }

    /// <summary>What it cost, or may cost, in the service's own credits; null where it does not count in them.</summary>
    public decimal? Credits { get; init; }

    public CostCertainty Certainty { get; init; }

    /// <summary>What counts towards the caps, in millionths of a USD.</summary>
    public long Counted => Actual ?? Reserved ?? 0;
}

/// <summary>How certain an amount is.</summary>
public enum CostCertainty
{
    /// <summary>The job is running; the reservation counts.</summary>
    Reserved,

    /// <summary>The service has reported it.</summary>
    Known,

    /// <summary>It was billed, and costs no more than was reserved.</summary>
    Bound,

    /// <summary>It may have been billed; the reservation goes on counting.</summary>
    Uncertain,
}
