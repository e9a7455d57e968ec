using GptImage2.Faults.Scenarios.Simulation;
using GptImage2.Testing.OpenAI.Accounting;

namespace GptImage2.Faults.Scenarios.Checks;

/// <summary>What the server believes it spent is what was billed for what it received; what it cannot know is covered and marked.</summary>
internal sealed class SpendingCheck(Scenario scenario, BillingLedger books, Observations evidence, IReadOnlyList<ServerUnderTest> actors, ScenarioLog timeline)
{
    private const int Known = 1;
    private const int Micro = 1_000_000;

    /// <returns>The server's own summary, or null where it has none.</returns>
    public static async Task<JsonElement?> ReadSummaryAsync(ServerUnderTest actor) =>
        await actor.TryCallAsync("list_presets", new JsonObject { ["topic"] = "spending" }) is { IsError: false } reply
        && reply.Result.TryGetProperty("structuredContent", out var content) && content.TryGetProperty("spending", out var spending)
            ? spending
            : null;

    /// <param name="rows">When every server has ended.</param>
    /// <param name="summary">Of a server that saw the end of every job.</param>
    public void CheckLedger(IReadOnlyList<CatalogLedgerRow> rows, JsonElement? summary)
    {
        foreach (var row in rows)
        {
            timeline.Add(row.ToString());
            if (!row.Ended || row.Certainty is 0)
            {
                timeline.AddProblem($"never settled: {row}");
            }
        }

        foreach (var number in scenario.Calls.Select(call => call.Number).Distinct())
        {
            CheckLedger(number, [.. rows.Where(row => row.Prompt.Contains(ClientSimulator.CreatePrompt(number), StringComparison.Ordinal))]);
        }

        if (summary is { } spending)
        {
            CheckSummary(rows, spending);
        }
    }

    private void CheckLedger(int number, CatalogLedgerRow[] rows)
    {
        BillingEntry[] billed = [.. books.Entries.Where(entry => Observations.IsFor(entry, number) && entry.BilledMicroUsd > 0)];
        var known = rows.Where(row => row.Certainty is Known).Sum(row => row.Counted);
        CatalogLedgerRow[] loose = [.. rows.Where(row => row.Certainty is not Known)];
        var certain = billed.Where(entry => scenario.FreeKilobytes is null && evidence.CertainlyReceivedAll(entry)).ToHashSet();
        BillingEntry[] possible = [.. billed.Where(entry => !certain.Contains(entry) && Observations.MayHaveReceivedAll(entry))];

        var fitting = Subsets(possible).Select(some => certain.Concat(some).ToHashSet()).Where(set => set.Sum(entry => entry.BilledMicroUsd) == known).ToArray();
        if (fitting is [])
        {
            timeline.AddProblem($"call {number}: {known} is known to be spent, but the service billed {string.Join(", ", billed.Select(entry => $"{entry.BilledMicroUsd}{(certain.Contains(entry) ? " received" : possible.Contains(entry) ? " perhaps received" : " lost")}"))}");
            return;
        }

        var left = fitting.Min(set => billed.Where(entry => !set.Contains(entry)).Sum(entry => entry.BilledMicroUsd));
        if (left > loose.Sum(row => row.Counted))
        {
            timeline.AddProblem($"call {number}: {left} was billed and is neither known nor marked uncertain");
        }

        // A process that died may have been about to send; an error of the service may have been billed.
        var excuses = billed.Length - fitting.Max(set => set.Count) + actors.Count(actor => actor.StopsAt is not null)
            + books.Entries.Count(entry => Observations.IsFor(entry, number) && entry is { ErrorStatus: >= 500, BilledMicroUsd: 0 });
        if (loose.Length > excuses)
        {
            timeline.AddProblem($"call {number}: {loose.Length} amounts are uncertain, and only {excuses} can be");
        }
    }

    private void CheckSummary(IReadOnlyList<CatalogLedgerRow> rows, JsonElement spending)
    {
        var day = spending.GetProperty("day").GetString();
        Compare("known_usd", rows.Where(row => row.Day == day && row.Certainty is Known).Sum(row => row.Counted));
        Compare("uncertain_usd", rows.Where(row => row.Day == day && row.Certainty > Known).Sum(row => row.Counted));
        Compare("spent_usd", rows.Where(row => row.Day == day).Sum(row => row.Counted));

        void Compare(string name, long micro)
        {
            if (spending.GetProperty(name).GetDecimal() * Micro != micro)
            {
                timeline.AddProblem($"the spending summary of {day} says {name} {spending.GetProperty(name).GetDecimal()}, the ledger {micro} millionths");
            }
        }
    }

    private static IEnumerable<BillingEntry[]> Subsets(BillingEntry[] entries) =>
        Enumerable.Range(0, 1 << entries.Length).Select(bits => entries.Where((_, index) => (bits >> index & 1) is 1).ToArray());
}
