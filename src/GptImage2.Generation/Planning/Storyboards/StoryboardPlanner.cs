using GptImage2.Generation.Models;
using GptImage2.Generation.Planning.Mentions;
using GptImage2.Generation.Requests;

namespace GptImage2.Generation.Planning.Storyboards;

/// <summary>What a request would make of its board, and the request of every panel that it would have drawn.</summary>
public sealed class StoryboardPlanner(IStoryboardStore boards, CastExpander cast, TimeProvider clock)
{
    private static readonly string[] LastNames = ["last", "latest", "newest"];

    /// <summary>How many boards are looked at where a name is not known.</summary>
    private const int MaxNearby = 50;

    /// <summary>The board of that id, or the one that was changed last.</summary>
    /// <exception cref="ImageException">The caller has no such board.</exception>
    public async Task<Storyboard> FindAsync(Caller caller, string written, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(written);
        return LastNames.Contains(written.Trim(), StringComparer.OrdinalIgnoreCase) && await boards.ListAsync(caller.Owner, 1, cancellationToken) is [var newest] ? newest
            : await boards.FindAsync(caller.Owner, written.Trim(), cancellationToken) ?? throw StoryboardErrors.NotFound(written, await boards.ListAsync(caller.Owner, MaxNearby, cancellationToken));
    }

    /// <summary>The board as it would be. Nothing is kept.</summary>
    /// <exception cref="ImageException">There is no such board, or it has no panel that is named.</exception>
    internal async Task<Storyboard> PreviewAsync(StoryboardRequest request, CancellationToken cancellationToken) => StoryboardEditor.Apply(
        request.New is null ? await FindAsync(request.Caller, request.Board, cancellationToken) : null, request, request.Images, clock.GetUtcNow());

    /// <summary>Every panel that a change wants to have drawn and that has not been given up, in reading order.</summary>
    internal async Task<IReadOnlyList<PanelDraft>> DraftAsync(StoryboardRequest request, Storyboard board, ModelProfile profile, CancellationToken cancellationToken)
    {
        var drafts = new List<PanelDraft>();
        board = request.Change?.Quality is { } quality ? board with { Quality = quality } : board;
        foreach (var (index, panel) in board.Panels.Index().Where(entry => entry.Item.Attempt is { Failure: null } attempt && attempt.Change == request.ChangeId))
        {
            var place = new PanelPlace(FindArgument(request, panel, index), board, panel);
            drafts.Add(new PanelDraft(panel.Id, index + 1, place, await place.BlameAsync(() => CreateAsync(request.Caller, board, panel, profile, cancellationToken))));
        }

        return drafts;
    }

    /// <summary>A panel with nobody of the cast in it and without references of its own looks like the others by one of their pictures.</summary>
    private async Task<PanelOrder> CreateAsync(Caller caller, Storyboard board, StoryboardPanel panel, ModelProfile profile, CancellationToken cancellationToken)
    {
        var request = PanelPrompt.Create(board, panel, profile.Sizes);
        var (expanded, _) = await cast.ExpandAsync(caller, request, profile, cancellationToken);
        return new PanelOrder(request, NeedsAnchor: expanded.Images is [] && profile.MaxReferences > 0);
    }

    private static string FindArgument(StoryboardRequest request, StoryboardPanel panel, int index) =>
        request.New is not null ? $"panels[{index}]"
        : request.Change?.Panels.FirstOrDefault(edit => edit.Action == panel.Words.Action && edit.Action is not null)?.Argument ?? $"panel {index + 1}";
}

/// <summary>A panel to draw.</summary>
/// <param name="Panel">Its id.</param>
/// <param name="Number">Its place on the board, from 1.</param>
internal sealed record PanelDraft(string Panel, int Number, PanelPlace Place, PanelOrder Order);

/// <summary>What is asked of the model for a panel.</summary>
/// <param name="NeedsAnchor">Whether another panel's picture has to say what it looks like.</param>
internal sealed record PanelOrder(ImageRequest Request, bool NeedsAnchor);
