using System.Globalization;
using System.Text;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;

namespace GptImage2.Mcp.Results;

/// <summary>What was spent, in words: today first, for that is what the cap is about.</summary>
internal static class SpendingText
{
    public static string Of(DateOnly today, SpendingOptions options, Amounts spent, IReadOnlyList<LedgerEntry> entries)
    {
        var text = new StringBuilder(Today(today, options, spent));
        Add(text, spent.Known > 0 && spent.Known != spent.All, $"\nKnown: {Usd(spent.Known)}.");
        Add(text, spent.Uncertain > 0, $"\nUncertain: {Usd(spent.Uncertain)}; that is the most it can be, and it counts until the day ends.");
        Add(text, spent.Reserved > 0, $"\nReserved by running jobs: {Usd(spent.Reserved)}; what they cost replaces it.");
        Add(text, spent.Unpriced > 0, $"\nWithout a price, and in no sum: {Calls(spent.Unpriced)}.");
        if (entries is [])
        {
            return text.Append("\nNothing was spent in the last 30 days.").ToString();
        }

        var lately = Amounts.Of(entries);
        text.Append($"\nThe last 30 days: {Part(lately)}.");
        text.Append($"\nBy day: {List(Amounts.By(entries, entry => entry.Day.ToString("O", CultureInfo.InvariantCulture)).OrderByDescending(day => day.Name, StringComparer.Ordinal))}.");
        text.Append($"\nBy model: {List(Amounts.By(entries, entry => entry.Model))}.");
        text.Append($"\nBy tool: {List(Amounts.By(entries, entry => entry.Tool))}.");
        return text.ToString();
    }

    private static string Today(DateOnly today, SpendingOptions options, Amounts spent) => options.DailyUsd is { } cap
        ? Invariant($"Today, {today:yyyy-MM-dd}: {Usd(spent.All)} of {Usd(cap)} are spent or reserved. The day ends at {today.AddDays(1):yyyy-MM-dd} 00:00 UTC; the user sets its cap with GPTIMAGE2_SPENDING__DAILYUSD.")
        : Invariant($"Today, {today:yyyy-MM-dd}: {Usd(spent.All)} are spent or reserved, without a cap. The day ends at {today.AddDays(1):yyyy-MM-dd} 00:00 UTC.");

    private static string List(IEnumerable<(string Name, Amounts Amounts)> parts) => string.Join("; ", parts.Select(part => $"{part.Name} {Part(part.Amounts)}"));

    private static string Part(Amounts amounts) =>
        $"{Usd(amounts.All)} in {Calls(amounts.Calls)}{(amounts.Uncertain > 0 ? $", {Usd(amounts.Uncertain)} of it uncertain" : "")}";

    private static void Add(StringBuilder text, bool applies, string line) => text.Append(applies ? line : "");

    private static string Usd(decimal usd) => Invariant($"${usd:0.00##}");

    private static string Calls(int count) => count is 1 ? "1 call" : Invariant($"{count} calls");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
