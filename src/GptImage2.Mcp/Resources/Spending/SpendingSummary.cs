using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;

namespace GptImage2.Mcp.Resources.Spending;

/// <summary>What a caller has spent today and lately, by the ledger of all servers of one catalog.</summary>
internal sealed class SpendingSummary(IJobStore jobs, SpendingOptions options, TimeProvider clock)
{
    /// <summary>How far back it looks, today included.</summary>
    private const int ReportDays = 30;

    /// <exception cref="ImageException">The catalog cannot be read.</exception>
    public async Task<(string Text, JsonObject Json)> ReportAsync(Caller caller, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var entries = await jobs.ListLedgerAsync(caller.Owner, today.AddDays(1 - ReportDays), cancellationToken);
        var spent = LedgerTotals.FromEntries(entries.Where(entry => entry.Day == today));
        var caps = DisplayedCaps.For(caller, options);
        return (SpendingText.Format(today, caps, spent, entries), ToJson(today, caps, spent, entries));
    }

    private static JsonObject ToJson(DateOnly today, DisplayedCaps caps, LedgerTotals spent, IReadOnlyList<LedgerEntry> entries)
    {
        var json = CreateJson(today, caps.Own, spent, entries);
        if (caps.Shared is { } shared)
        {
            json["cap_daily_all_callers_usd"] = shared;
        }

        return json;
    }

    private static JsonObject CreateJson(DateOnly today, decimal? cap, LedgerTotals spent, IReadOnlyList<LedgerEntry> entries) => new()
    {
        ["day"] = FormatDay(today),
        ["resets"] = $"{FormatDay(today.AddDays(1))}T00:00:00Z",
        ["cap_daily_usd"] = cap,
        ["spent_usd"] = spent.Counted,
        ["known_usd"] = spent.Known,
        ["uncertain_usd"] = spent.Uncertain,
        ["reserved_usd"] = spent.Reserved,
        ["credits"] = spent.Credits,
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
