using System.Globalization;
using System.Text.Json.Nodes;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;

namespace GptImage2.Mcp.Results;

/// <summary>What was spent today and lately, by the ledger of all servers of one catalog.</summary>
internal sealed class SpendingSummary(IJobStore jobs, SpendingOptions options, TimeProvider clock)
{
    /// <summary>How far back it looks, today included.</summary>
    private const int Days = 30;

    /// <exception cref="Generation.Failures.ImageException">The catalog cannot be read.</exception>
    public async Task<(string Text, JsonObject Json)> TellAsync(CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var entries = await jobs.ListLedgerAsync(today.AddDays(1 - Days), cancellationToken);
        var spent = Amounts.Of(entries.Where(entry => entry.Day == today));
        return (SpendingText.Of(today, options, spent, entries), Json(today, spent, entries));
    }

    private JsonObject Json(DateOnly today, Amounts spent, IReadOnlyList<LedgerEntry> entries) => new()
    {
        ["day"] = Day(today),
        ["resets"] = $"{Day(today.AddDays(1))}T00:00:00Z",
        ["cap_daily_usd"] = options.DailyUsd,
        ["spent_usd"] = spent.All,
        ["known_usd"] = spent.Known,
        ["uncertain_usd"] = spent.Uncertain,
        ["reserved_usd"] = spent.Reserved,
        ["unpriced_calls"] = spent.Unpriced,
        ["days"] = List(Amounts.By(entries, entry => Day(entry.Day)).OrderByDescending(day => day.Name, StringComparer.Ordinal), day => new JsonObject
        {
            ["day"] = day.Name,
            ["known_usd"] = day.Amounts.Known,
            ["uncertain_usd"] = day.Amounts.Uncertain,
            ["calls"] = day.Amounts.Calls,
        }),
        ["by_model"] = List(Amounts.By(entries, entry => entry.Model), model => Part("model", model)),
        ["by_tool"] = List(Amounts.By(entries, entry => entry.Tool), tool => Part("tool", tool)),
    };

    private static JsonObject Part(string kind, (string Name, Amounts Amounts) part) =>
        new() { [kind] = part.Name, ["usd"] = part.Amounts.All, ["calls"] = part.Amounts.Calls };

    private static JsonArray List(IEnumerable<(string, Amounts)> parts, Func<(string Name, Amounts Amounts), JsonNode> json) => new([.. parts.Select(json)]);

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
