using GptImage2.Generation.Planning;
using GptImage2.Generation.Planning.Storyboards;
using GptImage2.Generation.Requests;
using Reference = GptImage2.Generation.Requests.Reference;

namespace GptImage2.Mcp.Results.Boards;

/// <summary>A board before anything of it is drawn: the shot list with every prompt. What all prompts have in common is said once.</summary>
internal static class BoardPlanLines
{
    public static string FormatHeadline(JobPlan plan)
    {
        var board = plan.Board!;
        var name = board.Title is { } title ? $"storyboard {Violation.Quote(title)}" : "a storyboard";
        return plan.Panels is [{ Plan: var first }, ..]
            ? $"PLAN, nothing was sent: {name}, {board.Panels.Count} panels; {plan.Panels.Count} would be drawn by {first.Validated.Profile.Model} ({first.Backend.Name}), quality {first.Request.Quality.ToString().ToLowerInvariant()}, the board {plan.Request.Size}."
            : $"PLAN, nothing was sent: {name}, {board.Panels.Count} panels; none would be drawn, the board {plan.Request.Size} put together anew.";
    }

    public static IEnumerable<string> Format(JobPlan plan)
    {
        foreach (var (index, panel) in plan.Board!.Panels.Index().Where(entry => plan.Panels.All(planned => planned.Number != entry.Index + 1)))
        {
            yield return $"Panel {index + 1}, {(panel.Shown is { } shown ? $"{shown.Image}, version {shown.Number} of {panel.Versions.Count}" : "no picture")}: {FormatWords(panel.Words)}";
        }

        if (plan.Panels is [])
        {
            yield break;
        }

        var lines = plan.Panels.SelectMany(panel => Split(panel).Select(line => (panel.Number, Line: line))).ToArray();
        var shared = lines.GroupBy(entry => entry.Line, entry => entry.Number).Where(group => group.Distinct().Count() > 1).ToDictionary(group => group.Key, group => NumberList.Format(group.Distinct()));
        foreach (var panel in plan.Panels)
        {
            yield return $"Panel {panel.Number}, {panel.Plan.Request.Delivery.ResizeTo ?? panel.Plan.Request.Size}{FormatPrice(panel.Plan)}{FormatReferences(panel)}:";
            foreach (var line in Split(panel).Where(line => !shared.ContainsKey(line)))
            {
                yield return $"  {line}";
            }
        }

        var all = NumberList.Format(plan.Panels.Select(panel => panel.Number));
        foreach (var group in shared.GroupBy(entry => entry.Value, entry => entry.Key))
        {
            yield return group.Key == all ? "In every prompt:" : $"In the prompts of {group.Key}:";
            foreach (var line in group)
            {
                yield return $"  {line}";
            }
        }
    }

    private static string[] Split(PanelPlan panel) => panel.Plan.PromptAsSent.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>As a shot list has them, on one line.</summary>
    private static string FormatWords(PanelWords words) => string.Join(" | ", new[]
    {
        words.Shot, words.Camera, words.Action, words.Caption is { } caption ? $"caption: {caption}" : null, words.Dialogue is { } dialogue ? $"dialogue: {dialogue}" : null, words.Duration is { } seconds ? $"{seconds:0.##} s" : null,
    }.OfType<string>());

    private static string FormatReferences(PanelPlan panel)
    {
        string[] names = [.. panel.Plan.Request.Images.Select((image, index) => $"Image {index + 1} {DescribeReference(panel, image, index)}")];
        return names is [] ? "" : $"; {string.Join(", ", names)}";
    }

    private static string DescribeReference(PanelPlan panel, Reference image, int index) =>
        panel.HasAnchor && index == panel.Plan.Request.Images.Count - 1 ? "the picture that sets the look"
        : image.Cast is { } member ? $"@{member}"
        : $"{image.Role.Name} {(image.Image.Length > 60 ? $"{image.Image[..59]}…" : image.Image)}";

    private static string FormatPrice(JobPlan panel) => (panel.PriceWithKey ?? panel.Price) switch
    {
        { Credits: { } credits } => $", {credits:0.##} credits",
        { Estimate: { } range } => $", about ${range.High:0.000}",
        { Ceiling: { } ceiling } => $", at most ${ceiling:0.000}",
        _ => "",
    };
}
