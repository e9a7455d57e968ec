using GptImage2.Generation.Jobs;
using GptImage2.Generation.Planning.Storyboards;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Spending;

namespace GptImage2.Mcp.Results.Boards;

/// <summary>A board's job in words: what became of it, of each panel, and what to do next.</summary>
internal static class BoardLines
{
    private const string Update = "update_storyboard";

    public static string FormatHeadline(JobSnapshot job)
    {
        var (board, panels) = (job.Summary.Board!, job.Panels);
        var asked = panels.Where(panel => panel.State is not (PanelState.Kept or PanelState.Missing)).ToArray();
        var drawn = asked.Count(panel => panel.State is PanelState.Drawn);
        var name = board.Title is { } title ? $"Storyboard {Violation.Quote(title)} ({board.Id})" : $"Storyboard {board.Id}";
        return job.Status switch
        {
            JobStatus.Done when asked is [] => $"{name}: {board.Panels} panels, put together anew. Nothing was drawn; it cost nothing.",
            JobStatus.Done => $"{name}: {board.Panels} panels, {FormatDrawn(drawn, board)} in {job.Elapsed.TotalSeconds:0.0} s. {FormatCost(job)}.",
            JobStatus.Partial => $"{name}: {drawn} of {asked.Length} panels drawn. {FormatCost(job)}.",
            JobStatus.Queued or JobStatus.Running => $"{name} is not done yet: {FormatProgress(job)}. Next: check_job with job \"{job.Id}\" waits for it; nothing is billed twice.",
            JobStatus.Cancelled => job.Failure?.Message ?? "Cancelled. Nothing was spent.",
            _ => $"{name}: no panel was drawn.",
        };
    }

    /// <summary>How far it is, as in "4 of 12 panels drawn, 31 s so far".</summary>
    public static string FormatProgress(JobSnapshot job)
    {
        var asked = job.Panels.Where(panel => panel.State is not (PanelState.Kept or PanelState.Missing)).ToArray();
        var failed = asked.Count(panel => panel.State is PanelState.Failed);
        return $"{asked.Count(panel => panel.State is PanelState.Drawn)} of {(asked is [] ? job.Summary.Board!.ToDraw : asked.Length)} panels drawn{(failed is 0 ? "" : $", {failed} failed")}, {job.Elapsed.TotalSeconds:0} s so far";
    }

    /// <summary>A line for each panel.</summary>
    public static IEnumerable<string> FormatPanels(JobSnapshot job) => job.Panels.Select(panel =>
    {
        var picture = panel.Image is null ? "no picture" : $"{panel.Image}{(panel.Versions > 1 ? $", version {panel.Version} of {panel.Versions}" : "")}";
        var state = panel.State switch
        {
            PanelState.Drawing => ", being drawn",
            PanelState.Failed => $", not drawn ({EnumName(panel.Failure!.Code)}, {DescribeBilling(panel.Failure.Billed)})",
            PanelState.Drawn => panel.Usd switch { null or 0 => "", { } usd => $", ${usd:0.0000}" },
            _ => "",
        };
        return $"{panel.Number}. {(panel.Shot is "" ? "" : $"{panel.Shot}, ")}{panel.Action}: {picture}{state}";
    });

    /// <summary>What a model can do with it now; null while it runs.</summary>
    public static string? FormatNext(JobSnapshot job)
    {
        var board = job.Summary.Board!.Id;
        int[] failed = [.. job.Panels.Where(panel => panel.State is PanelState.Failed).Select(panel => panel.Number)];
        return job switch
        {
            { IsOver: false } or { Status: JobStatus.Cancelled } => null,
            _ when failed is not [] && job.Panels.All(panel => panel.State is not PanelState.Failed || panel.Image is null) =>
                $"Next: {Update} {{\"board\": \"{board}\"}} draws just what is missing; for one that was refused, give panels [{{\"panel\": {failed[0]}, \"action\": …}}] other words.",
            _ when failed is not [] =>
                $"Next: {Update} {{\"board\": \"{board}\", \"panels\": [{string.Join(", ", failed.Select(number => $"{{\"panel\": {number}}}"))}]}} tries just those again.",
            { Panels: [] } => null,
            _ when job.Panels.Any(panel => panel.State is PanelState.Missing) => $"Next: {Update} {{\"board\": \"{board}\"}} draws panels {NumberList.Format(job.Panels.Where(panel => panel.State is PanelState.Missing).Select(panel => panel.Number))}, which have no picture.",
            _ => $"Next: {Update} with board \"{board}\" draws, moves or adds single panels; export_storyboard makes files of it.",
        };
    }

    /// <summary>What the drawing cost: all of it where that is known.</summary>
    public static (decimal? Usd, decimal? Credits) GetCost(JobSnapshot job)
    {
        var drawn = job.Panels.Where(panel => panel.State is PanelState.Drawn).ToArray();
        var isUncertain = job.Panels.Any(panel => panel.Failure is { Billed: not Billing.No });
        return (isUncertain || drawn.Any(panel => panel.Usd is null) ? null : drawn.Sum(panel => panel.Usd), drawn.Any(panel => panel.Credits is null) ? null : drawn.Sum(panel => panel.Credits));
    }

    private static string FormatDrawn(int drawn, BoardSummary board) =>
        $"{(drawn == board.Panels ? "all" : drawn)} drawn with {board.Model} ({board.Backend})";

    private static string FormatCost(JobSnapshot job)
    {
        var (usd, credits) = GetCost(job);
        return (usd, credits, job.Summary.Board!.Price) switch
        {
            (_, _, { Unit: CostUnit.None }) or (0, _, { Unit: CostUnit.Usd }) => "Cost: nothing",
            (_, { } known and > 0, { Unit: CostUnit.Credits }) => $"Cost: {known:0.##} credits{(usd is { } worth ? $" (${worth:0.0000})" : "")}",
            ({ } known, _, _) => $"Cost: ${known:0.0000}",
            (_, _, { Ceiling: { } ceiling }) => $"Cost: not wholly known, at most ${ceiling:0.0000}",
            _ => "Cost: unknown",
        };
    }

    private static string DescribeBilling(Billing billed) => billed switch
    {
        Billing.No => "not billed",
        Billing.Yes => "billed",
        _ => "may be billed",
    };

    private static string EnumName(FailureCode code) => JsonNamingPolicy.SnakeCaseLower.ConvertName(code.ToString());
}
