using GptImage2.Generation.Requests;

namespace GptImage2.Generation.Planning.Storyboards;

/// <summary>Makes of a board what a change asks for. Pure: what is to be drawn is marked, and drawn by somebody else.</summary>
internal static class StoryboardEditor
{
    /// <summary>The new board of a request, with its references as they are kept, or the board after the request's change. A change is made once.</summary>
    /// <param name="before">Null where there is none.</param>
    /// <exception cref="ImageException">There is no such board, or it has no panel that is named.</exception>
    public static Storyboard Apply(Storyboard? before, StoryboardRequest request, IReadOnlyList<Reference> references, DateTimeOffset now) => (before, request) switch
    {
        ({ } known, _) when known.Changes.Contains(request.ChangeId) => known,
        (_, { New: { } created }) => Create(created with { Id = request.Board, Owner = request.Caller.Owner, References = references, Changes = [request.ChangeId], Changed = now }, request.ChangeId),
        ({ } known, { Change: { } change }) => Change(known, change, request.ChangeId) with { Changes = [.. known.Changes, request.ChangeId], Changed = now },
        _ => throw StoryboardErrors.NotFound(request.Board, []),
    };

    private static Storyboard Create(Storyboard board, string change) => board with
    {
        Panels = [.. board.Panels.Select((panel, index) => new StoryboardPanel($"p{index + 1}", panel.Words) { Attempt = new PanelAttempt(change) })],
        NextPanel = board.Panels.Count + 1,
    };

    private static Storyboard Change(Storyboard board, StoryboardChange change, string id)
    {
        Violation[] violations = [.. StoryboardRules.Check(board, change)];
        if (violations is not [])
        {
            throw new InvalidRequestException(violations);
        }

        var groups = board.Panels.Select((panel, index) => new List<StoryboardPanel> { Edit(panel, change, index + 1, id) }).Prepend([]).ToList();
        var next = board.NextPanel;
        foreach (var added in change.Panels.Where(edit => edit.After is not null))
        {
            groups[added.After!.Value].Add(new StoryboardPanel($"p{next++}", added.ApplyTo(new PanelWords { Action = "" })) { Attempt = new PanelAttempt(id) });
        }

        foreach (var number in change.Remove)
        {
            // What is put behind a panel that goes stays where it was put.
            var behind = groups[number].Skip(1).ToArray();
            groups[number].Clear();
            groups[Enumerable.Range(0, number).Last(before => before is 0 || !change.Remove.Contains(before))].AddRange(behind);
        }

        var order = change.Order ?? [.. Enumerable.Range(1, board.Panels.Count)];
        return board with
        {
            Title = Choose(change.Title, board.Title),
            Style = Choose(change.Style, board.Style),
            Panels = [.. order.Prepend(0).SelectMany(number => groups[number])],
            NextPanel = next,
        };
    }

    private static StoryboardPanel Edit(StoryboardPanel panel, StoryboardChange change, int number, string id)
    {
        PanelEdit[] edits = [.. change.Panels.Where(edit => edit.Panel == number)];
        var edited = edits.Aggregate(panel, (before, edit) => edit.Version is { } version ? Activate(before, version) with { Words = edit.ApplyTo(Activate(before, version).Words) } : before with { Words = edit.ApplyTo(before.Words) });
        return edits.Any(edit => edit.MustDraw) ? edited with { Attempt = new PanelAttempt(id) }
            : change.IsEmpty && panel.Shown is null ? edited with { Attempt = Continue(panel.Attempt, id) }
            : edited;
    }

    /// <summary>What is being drawn for another change is waited for, and not drawn a second time.</summary>
    private static PanelAttempt Continue(PanelAttempt? attempt, string id) => new(id, attempt is { Failure: null } ? attempt.Job : null);

    /// <summary>What a picture was drawn by comes with it; what is said below it stays.</summary>
    private static StoryboardPanel Activate(StoryboardPanel panel, int number)
    {
        var words = panel.Versions.First(version => version.Number == number).Words;
        return panel with { Active = number, Attempt = null, Words = panel.Words with { Action = words.Action, Shot = words.Shot, Camera = words.Camera, Size = words.Size } };
    }

    private static string? Choose(string? given, string? before) => given is null ? before : string.IsNullOrWhiteSpace(given) ? null : given;
}
