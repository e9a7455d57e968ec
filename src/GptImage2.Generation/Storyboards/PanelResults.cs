using GptImage2.Generation.Planning.Storyboards;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;

namespace GptImage2.Generation.Storyboards;

/// <summary>What a board tells of a change: everything that is known of it stands on its panels.</summary>
internal static class PanelResults
{
    public static IReadOnlyList<PanelResult> Create(Storyboard board, string change) => [.. board.Panels.Select((panel, index) => Create(panel, index + 1, change))];

    private static PanelResult Create(StoryboardPanel panel, int number, string change)
    {
        var drawn = panel.Versions.LastOrDefault(version => version.Change == change);
        var attempt = panel.Attempt?.Change == change ? panel.Attempt : null;
        var state = drawn is not null ? PanelState.Drawn
            : attempt is { Failure: null } ? PanelState.Drawing
            : attempt is not null ? PanelState.Failed
            : panel.Shown is null ? PanelState.Missing
            : PanelState.Kept;
        return new PanelResult(number, state)
        {
            Image = panel.Shown?.Image,
            Version = panel.Active,
            Versions = panel.Versions.Count,
            Job = drawn?.Job ?? attempt?.Job,
            Usd = drawn?.Usd,
            Credits = drawn?.Credits,
            Shot = PanelPrompt.DescribeShot(panel.Words),
            Action = PanelPrompt.Shorten(panel.Words.Action),
            Failure = attempt?.Failure,
        };
    }
}
