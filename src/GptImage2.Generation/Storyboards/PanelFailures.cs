using GptImage2.Generation.Rendering;

namespace GptImage2.Generation.Storyboards;

/// <summary>What failed of a board, as one failure.</summary>
internal static class PanelFailures
{
    /// <returns>Null where nothing did.</returns>
    public static Failure? Summarize(IReadOnlyList<PanelResult> results)
    {
        var failed = results.Where(panel => panel.State is PanelState.Failed).ToArray();
        if (failed is [])
        {
            return null;
        }

        var failures = failed.Select(panel => panel.Failure!).ToArray();
        var asked = results.Count(panel => panel.State is PanelState.Failed or PanelState.Drawn);
        return new Failure
        {
            Code = failures[0].Code,
            Message = $"{Count(failed.Length)} of {asked} could not be drawn; the others are safe.\n{string.Join('\n', failed.Select(panel => $"Panel {panel.Number}, {DescribeBilling(panel.Failure!.Billed)}: {panel.Failure.Message}"))}",
            Retry = failures.Any(failure => failure.Retry is RetryAdvice.Changed or RetryAdvice.No) ? RetryAdvice.Changed : RetryAdvice.Later,
            Billed = Combine(failures.Select(failure => failure.Billed)),
        };
    }

    /// <param name="results">As they were when it was given up.</param>
    /// <param name="sent">How many panels' requests are at the service still.</param>
    public static Failure DescribeCancelled(string board, IReadOnlyList<PanelResult> results, int sent)
    {
        var drawn = results.Count(panel => panel.State is PanelState.Drawn);
        var unsent = results.Count(panel => panel.State is PanelState.Drawing) - sent;
        return new Failure
        {
            Code = FailureCode.Cancelled,
            Message = $"Cancelled. {Count(drawn)} {(drawn is 1 ? "was" : "were")} drawn before and {(drawn is 1 ? "stays" : "stay")} on the board"
                + (sent is 0 ? "" : $"; {sent} had been sent, may be billed and {(sent is 1 ? "comes" : "come")} to the board when {(sent is 1 ? "it is" : "they are")} done")
                + $"; {Math.Max(0, unsent)} {(unsent is 1 ? "was" : "were")} never sent and cost nothing. update_storyboard {{\"board\": \"{board}\"}} draws what is missing.",
            Retry = RetryAdvice.Same,
            Billed = sent > 0 ? Billing.Unknown : drawn > 0 ? Billing.Yes : Billing.No,
        };
    }

    /// <summary>A board was changed of which nothing was ever drawn.</summary>
    public static Failure DescribeEmpty(string board) => new()
    {
        Code = FailureCode.NotFound,
        Message = $"The change is kept, but nothing was drawn for the board yet, so there is nothing to show. update_storyboard {{\"board\": \"{board}\"}} draws it.",
        Retry = RetryAdvice.Changed,
    };

    private static string DescribeBilling(Billing billed) => billed switch
    {
        Billing.No => "not billed",
        Billing.Yes => "billed",
        _ => "may be billed",
    };

    private static string Count(int panels) => panels is 1 ? "1 panel" : $"{panels} panels";

    private static Billing Combine(IEnumerable<Billing> billed) => billed.Contains(Billing.Unknown) ? Billing.Unknown : billed.Contains(Billing.Yes) ? Billing.Yes : Billing.No;
}
