using GptImage2.Generation.Spending;

namespace GptImage2.Mcp.Resources.Spending;

/// <summary>Entries of the ledger added up, exactly, in USD.</summary>
/// <param name="Known">What services have reported.</param>
/// <param name="Uncertain">The most that calls can have cost whose cost was not reported, billed or not.</param>
/// <param name="Reserved">The most that running jobs can cost.</param>
/// <param name="Calls">All of them, priced or not.</param>
/// <param name="Unpriced">Calls whose cost is unknown; they are in no sum.</param>
internal sealed record LedgerTotals(decimal Known, decimal Uncertain, decimal Reserved, int Calls, int Unpriced)
{
    /// <summary>What services that count in credits have billed, or may, in their own.</summary>
    public decimal Credits { get; private init; }

    private const decimal MicroPerUsd = 1_000_000;

    /// <summary>What counts towards the caps.</summary>
    public decimal Counted => Known + Uncertain + Reserved;

    public static LedgerTotals FromEntries(IEnumerable<LedgerEntry> entries)
    {
        var all = entries.ToArray();
        return new LedgerTotals(
            Usd(CostCertainty.Known),
            Usd(CostCertainty.Bound, CostCertainty.Uncertain),
            Usd(CostCertainty.Reserved),
            all.Length,
            all.Count(entry => entry is { Actual: null, Reserved: null }))
        {
            Credits = all.Sum(entry => entry.Credits ?? 0),
        };

        decimal Usd(params CostCertainty[] sure) => all.Where(entry => sure.Contains(entry.Certainty)).Sum(entry => entry.Counted) / MicroPerUsd;
    }

    /// <summary>Added up by a name, dearest first.</summary>
    public static IEnumerable<(string Name, LedgerTotals Amounts)> GroupBy(IEnumerable<LedgerEntry> entries, Func<LedgerEntry, string> name) => entries
        .GroupBy(name)
        .Select(group => (Name: group.Key, Amounts: FromEntries(group)))
        .OrderByDescending(group => group.Amounts.Counted)
        .ThenBy(group => group.Name, StringComparer.Ordinal);
}
