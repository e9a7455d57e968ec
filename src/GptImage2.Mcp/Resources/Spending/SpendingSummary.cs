using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Spending;

namespace GptImage2.Mcp.Resources.Spending;

/// <summary>What was spent today and lately, by the ledger of all servers of one catalog.</summary>
internal sealed class SpendingSummary(IJobStore jobs, SpendingOptions options, TimeProvider clock)
{
    /// <summary>How far back it looks, today included.</summary>
    private const int ReportDays = 30;

    /// <exception cref="ImageException">The catalog cannot be read.</exception>
    public async Task<(string Text, JsonObject Json)> ReportAsync(CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var entries = await jobs.ListLedgerAsync(today.AddDays(1 - ReportDays), cancellationToken);
        var spent = LedgerTotals.FromEntries(entries.Where(entry => entry.Day == today));
        return (SpendingText.Format(today, options, spent, entries), ToJson(today, spent, entries));
    }

    private JsonObject ToJson(DateOnly today, LedgerTotals spent, IReadOnlyList<LedgerEntry> entries) => new()
    {
        ["day"] = FormatDay(today),
        ["resets"] = $"{FormatDay(today.AddDays(1))}T00:00:00Z",
        ["cap_daily_usd"] = options.DailyUsd,
        ["spent_usd"] = spent.Counted,
        ["known_usd"] = spent.Known,
        ["uncertain_usd"] = spent.Uncertain,
        ["reserved_usd"] = spent.Reserved,
        ["unpriced_calls"] = spent.Unpriced,
        ["days"] = CreateList(LedgerTotals.GroupBy(entries, entry => FormatDay(entry.Day)).OrderByDescending(day => day.Name, StringComparer.Ordinal), day => new JsonObject
        {
            ["day"] = day.Name,
            ["known_usd"] = day.Amounts.Known,
            ["uncertain_usd"] = day.Amounts.Uncertain,
            ["calls"] = day.Amounts.Calls,
        }),
        ["by_model"] = CreateList(LedgerTotals.GroupBy(entries, entry => entry.Model), model => CreatePart("model", model)),
        ["by_tool"] = CreateList(LedgerTotals.GroupBy(entries, entry => entry.Tool), tool => CreatePart("tool", tool)),
    };

    private static JsonObject CreatePart(string kind, (string Name, LedgerTotals Amounts) part) =>
        new() { [kind] = part.Name, ["usd"] = part.Amounts.Counted, ["calls"] = part.Amounts.Calls };

    private static JsonArray CreateList(IEnumerable<(string, LedgerTotals)> parts, Func<(string Name, LedgerTotals Amounts), JsonNode> json) => new([.. parts.Select(json)]);

    private static string FormatDay(DateOnly day) => day.ToString("O");
}
