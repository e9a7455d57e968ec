using System.Text.Json;
using System.Text.Json.Nodes;
using GptImage2.Testing.OpenAI;

namespace GptImage2.Faults.Scenarios;

/// <summary>What the server believes it spent is what was billed for what it received; what it cannot know is covered and marked.</summary>
internal sealed class SpendingCheck(Scenario scenario, Books books, Evidence evidence, IReadOnlyList<Actor> actors, Timeline timeline)
{
    private const int Known = 1;
    private const int Micro = 1_000_000;

    /// <returns>The server's own summary, or null where it has none.</returns>
    public static async Task<JsonElement?> ReadAsync(Actor actor) =>
        await actor.TryCallAsync("list_presets", new JsonObject { ["topic"] = "spending" }) is { IsError: false } reply
        && reply.Result.TryGetProperty("structuredContent", out var content) && content.TryGetProperty("spending", out var spending)
            ? spending
            : null;

    /// <param name="rows">When every server has ended.</param>
    /// <param name="summary">Of a server that saw the end of every job.</param>
    public void Check(IReadOnlyList<LedgerRow> rows, JsonElement? summary)
    {
        foreach (var row in rows)
        {
            timeline.Note(row.ToString());
            if (!row.Ended || row.Certainty is 0)
            {
                timeline.Blame($"never settled: {row}");
            }
        }

        foreach (var number in scenario.Calls.Select(call => call.Number).Distinct())
        {
            Check(number, [.. rows.Where(row => row.Prompt.Contains(Conversation.Words(number), StringComparison.Ordinal))]);
        }

        if (summary is { } spending)
        {
            CheckSummary(rows, spending);
        }
    }

    private void Check(int number, LedgerRow[] rows)
    {
        BookEntry[] billed = [.. books.Entries.Where(entry => Evidence.Belongs(entry, number) && entry.Billed > 0)];
        var known = rows.Where(row => row.Certainty is Known).Sum(row => row.Counted);
        LedgerRow[] loose = [.. rows.Where(row => row.Certainty is not Known)];
        var certain = billed.Where(entry => scenario.Room is null && evidence.HasAll(entry)).ToHashSet();
        BookEntry[] possible = [.. billed.Where(entry => !certain.Contains(entry) && Evidence.MayHaveAll(entry))];

        var fitting = Subsets(possible).Select(some => certain.Concat(some).ToHashSet()).Where(set => set.Sum(entry => entry.Billed) == known).ToArray();
        if (fitting is [])
        {
            timeline.Blame($"call {number}: {known} is known to be spent, but the service billed {string.Join(", ", billed.Select(entry => $"{entry.Billed}{(certain.Contains(entry) ? " received" : possible.Contains(entry) ? " perhaps received" : " lost")}"))}");
            return;
        }

        var left = fitting.Min(set => billed.Where(entry => !set.Contains(entry)).Sum(entry => entry.Billed));
        if (left > loose.Sum(row => row.Counted))
        {
            timeline.Blame($"call {number}: {left} was billed and is neither known nor marked uncertain");
        }

        // A process that died may have been about to send; an error of the service may have been billed.
        var excuses = billed.Length - fitting.Max(set => set.Count) + actors.Count(actor => actor.Limit is not null)
            + books.Entries.Count(entry => Evidence.Belongs(entry, number) && entry is { Refused: >= 500, Billed: 0 });
        if (loose.Length > excuses)
        {
            timeline.Blame($"call {number}: {loose.Length} amounts are uncertain, and only {excuses} can be");
        }
    }

    private void CheckSummary(IReadOnlyList<LedgerRow> rows, JsonElement spending)
    {
        var day = spending.GetProperty("day").GetString();
        Compare("known_usd", rows.Where(row => row.Day == day && row.Certainty is Known).Sum(row => row.Counted));
        Compare("uncertain_usd", rows.Where(row => row.Day == day && row.Certainty > Known).Sum(row => row.Counted));
        Compare("spent_usd", rows.Where(row => row.Day == day).Sum(row => row.Counted));

        void Compare(string name, long micro)
        {
            if (spending.GetProperty(name).GetDecimal() * Micro != micro)
            {
                timeline.Blame($"the spending summary of {day} says {name} {spending.GetProperty(name).GetDecimal()}, the ledger {micro} millionths");
            }
        }
    }

    private static IEnumerable<BookEntry[]> Subsets(BookEntry[] entries) =>
        Enumerable.Range(0, 1 << entries.Length).Select(bits => entries.Where((_, index) => (bits >> index & 1) is 1).ToArray());
}
