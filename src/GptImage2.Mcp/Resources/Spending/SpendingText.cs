using GptImage2.Generation.Spending;

namespace GptImage2.Mcp.Resources.Spending;

/// <summary>What was spent, in words: today first, for that is what the cap is about.</summary>
internal static class SpendingText
{
    public static string Format(DateOnly today, DisplayedCaps caps, LedgerTotals spent, IReadOnlyList<LedgerEntry> entries)
    {
        string?[] lines =
        [
            FormatToday(today, caps, spent),
            caps.Shared is { } shared ? $"All callers of this server together may spend {FormatUsd(shared)} a day." : null,
            spent.Known > 0 && spent.Known != spent.Counted ? $"Known: {FormatUsd(spent.Known)}." : null,
            spent.Uncertain > 0 ? $"Uncertain: {FormatUsd(spent.Uncertain)}; that is the most it can be, and it counts until the day ends." : null,
            spent.Reserved > 0 ? $"Reserved by running jobs: {FormatUsd(spent.Reserved)}; what they cost replaces it." : null,
            spent.Credits > 0 ? $"In credits of the service: {spent.Credits:0.##}." : null,
            spent.Unpriced > 0 ? $"Without a price, and in no sum: {FormatCallCount(spent.Unpriced)}." : null,
            .. entries is [] ? ["Nothing was spent in the last 30 days."] : FormatLately(entries),
        ];
        return string.Join('\n', lines.OfType<string>());
    }

    private static string[] FormatLately(IReadOnlyList<LedgerEntry> entries) =>
    [
        $"The last 30 days: {FormatPart(LedgerTotals.FromEntries(entries))}.",
        $"By day: {FormatList(LedgerTotals.GroupBy(entries, entry => entry.Day.ToString("O")).OrderByDescending(day => day.Name, StringComparer.Ordinal))}.",
        $"By model: {FormatList(LedgerTotals.GroupBy(entries, entry => entry.Model))}.",
        $"By tool: {FormatList(LedgerTotals.GroupBy(entries, entry => entry.Tool))}.",
    ];

    private static string FormatToday(DateOnly today, DisplayedCaps caps, LedgerTotals spent) => caps switch
    {
        { Own: { } cap } => $"Today, {today:yyyy-MM-dd}: {FormatUsd(spent.Counted)} of {FormatUsd(cap)} are spent or reserved. The day ends at {today.AddDays(1):yyyy-MM-dd} 00:00 UTC; {caps.SetBy} sets its cap with {caps.Setting}.",
        _ => $"Today, {today:yyyy-MM-dd}: {FormatUsd(spent.Counted)} are spent or reserved, without a cap{(caps.Shared is null ? "" : " of your own")}. The day ends at {today.AddDays(1):yyyy-MM-dd} 00:00 UTC.",
    };

    private static string FormatList(IEnumerable<(string Name, LedgerTotals Amounts)> parts) => string.Join("; ", parts.Select(part => $"{part.Name} {FormatPart(part.Amounts)}"));

    private static string FormatPart(LedgerTotals amounts) =>
        $"{FormatUsd(amounts.Counted)} in {FormatCallCount(amounts.Calls)}{(amounts.Credits > 0 ? $", {amounts.Credits:0.##} credits" : "")}{(amounts.Uncertain > 0 ? $", {FormatUsd(amounts.Uncertain)} of it uncertain" : "")}";

    private static string FormatUsd(decimal usd) => $"${usd:0.00##}";

    private static string FormatCallCount(int count) => count is 1 ? "1 call" : $"{count} calls";
}
