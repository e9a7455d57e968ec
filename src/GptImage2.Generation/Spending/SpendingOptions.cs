namespace GptImage2.Generation.Spending;

/// <summary>How much may be spent, and above what the user is asked first.</summary>
public sealed record SpendingOptions
{
    /// <summary>Most that one call may cost in USD; null for no cap.</summary>
    public decimal? PerCallUsd { get; init; } = 2;

    /// <summary>Most that may be spent on one UTC day in USD, by all callers of all servers of one catalog; null for no cap.</summary>
    public decimal? DailyUsd { get; init; } = 10;

    /// <summary>Most of it that each caller may spend; null for no cap of their own.</summary>
    public decimal? DailyUsdPerCaller { get; init; }

    /// <summary>A call that may cost more than this in USD is made only when the user agrees; null for never asking.</summary>
    public decimal? ConfirmUsd { get; init; }

    /// <summary>Whether calls are allowed whose maximum price is unknown.</summary>
    public bool AllowUnpriced { get; init; }

    /// <summary>Whether they are refused: a cap could not be kept.</summary>
    public bool RefusesUnpriced => this is { AllowUnpriced: false } and ({ PerCallUsd: not null } or { DailyUsd: not null } or { DailyUsdPerCaller: not null });
}
