namespace GptImage2.Generation.Spending;

/// <summary>The most that may be spent on one UTC day, in millionths of a USD; null for no cap.</summary>
/// <param name="Server">By all callers together.</param>
/// <param name="PerCaller">By each of them.</param>
public sealed record DailyCaps(long? Server, long? PerCaller)
{
    public static DailyCaps None { get; } = new(null, null);

    /// <returns>The cap that a call would exceed, the caller's own first, or null.</returns>
    /// <param name="ceiling">The most that the call can cost, in millionths of a USD.</param>
    public DailyExcess? FindExcess(DailySpending spent, long ceiling)
    {
        ArgumentNullException.ThrowIfNull(spent);
        return spent.ByCaller + ceiling > PerCaller ? new DailyExcess(IsCallersOwn: true, spent.ByCaller)
            : spent.ByAll + ceiling > Server ? new DailyExcess(IsCallersOwn: false, spent.ByAll)
            : null;
    }
}

/// <summary>What is spent or reserved on one UTC day, in millionths of a USD.</summary>
public sealed record DailySpending(long ByAll, long ByCaller);

/// <summary>A cap of the day that a call would exceed.</summary>
/// <param name="IsCallersOwn">Whether it is the cap of each caller, or else that of the server.</param>
/// <param name="Spent">What counts towards that cap, in millionths of a USD.</param>
public sealed record DailyExcess(bool IsCallersOwn, long Spent);
