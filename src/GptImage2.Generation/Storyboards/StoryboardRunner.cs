using GptImage2.Generation.Planning.Storyboards;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;

namespace GptImage2.Generation.Storyboards;

/// <summary>Has the panels drawn that a change asks for, and puts the board together.</summary>
internal sealed class StoryboardRunner(
    IStoryboardStore boards, BoardReferences references, StoryboardPlanner planner, PanelDrawer drawer, BoardComposer composer, BackendRegistry backends, TimeProvider clock)
{
    /// <summary>Keeps the board as it is to be; what is to be drawn is marked on it. Nothing is sent.</summary>
    /// <param name="inputs">The references of a new board.</param>
    /// <exception cref="ImageException">The board cannot be kept, or is no longer what the change was made for.</exception>
    public async Task BeginAsync(StoryboardRequest request, RenderInputs inputs, CancellationToken cancellationToken)
    {
        var kept = request.New is { } created ? await references.KeepAsync(request.Caller.Owner, created.References, inputs.Images, cancellationToken) : [];
        await drawer.SettleAsync(request.Caller, request.Board, cancellationToken);
        await boards.ChangeAsync(request.Caller.Owner, request.Board, before => StoryboardEditor.Apply(before, request, kept, clock.GetUtcNow()), cancellationToken);
    }

    /// <summary>Draws what is marked and was not drawn yet, then the board.</summary>
    /// <exception cref="ImageException">Panels could not be drawn; the board with the others has been delivered, where there is one.</exception>
    public async Task<RenderOutcome> RunAsync(StoryboardRequest request, IRenderSink sink, CancellationToken cancellationToken)
    {
        sink.Report(RenderStage.Drawing);
        await backends.Default.PrepareAsync(cancellationToken);
        var board = await FindAsync(request, cancellationToken);
        Report(board, request, sink);
        var drafts = await planner.DraftAsync(request, board, backends.Default.Profile, cancellationToken);
        try
        {
            await DrawAsync(request, board, drafts, changed => Report(changed, request, sink), cancellationToken);
        }
        catch (OperationCanceledException) when (sink.IsGivenUp)
        {
            throw new ImageException(await DescribeCancelledAsync(request, sink));
        }

        board = await FindAsync(request, CancellationToken.None);
        var results = Report(board, request, sink);
        var hasPicture = await composer.ComposeAsync(board, request, sink, cancellationToken);
        return (PanelFailures.Summarize(results) ?? (hasPicture ? null : PanelFailures.DescribeEmpty(request.Board))) is { } failure
            ? throw new ImageException(failure)
            : new RenderOutcome(Usage: null, RequestId: null);
    }

    /// <summary>
    /// All at once, as far as the service takes them. Those that nothing says the look of wait for the first picture of the board that does, which
    /// stays the same for the board's life: never for the one before them, or the look would drift.
    /// </summary>
    private async Task DrawAsync(StoryboardRequest request, Storyboard board, IReadOnlyList<PanelDraft> drafts, Action<Storyboard> changed, CancellationToken cancellationToken)
    {
        List<Task<string?>> drawing = [.. drafts.Where(draft => !draft.Order.NeedsAnchor).Select(draft => Start(draft, anchor: null))];
        try
        {
            var waiting = new Queue<PanelDraft>(drafts.Where(draft => draft.Order.NeedsAnchor));
            var anchor = waiting.Count is 0 ? null : board.Look ?? board.FindLook()?.Image;
            foreach (var first in waiting.Count is 0 ? [] : drawing)
            {
                anchor ??= await first;
            }

            while (anchor is null && waiting.TryDequeue(out var next))
            {
                anchor = await Start(next, anchor: null);
            }

            if (anchor is not null && board.Look is null)
            {
                await boards.ChangeAsync(request.Caller.Owner, request.Board, current => current! with { Look = current.Look ?? anchor }, CancellationToken.None);
            }

            drawing.AddRange(waiting.Select(draft => Start(draft, anchor)));
        }
        finally
        {
            await Task.WhenAll(drawing);
        }

        Task<string?> Start(PanelDraft draft, string? anchor) => drawer.DrawAsync(request, draft, anchor, changed, cancellationToken);
    }

    private async Task<Failure> DescribeCancelledAsync(StoryboardRequest request, IRenderSink sink)
    {
        var sent = await drawer.SettleAsync(request.Caller, request.Board, CancellationToken.None);
        var asked = PanelResults.Create(await FindAsync(request, CancellationToken.None), request.ChangeId);
        await drawer.ForgetUnsentAsync(request, CancellationToken.None);
        Report(await FindAsync(request, CancellationToken.None), request, sink);
        return PanelFailures.DescribeCancelled(request.Board, asked, sent);
    }

    private async Task<Storyboard> FindAsync(StoryboardRequest request, CancellationToken cancellationToken) =>
        await boards.FindAsync(request.Caller.Owner, request.Board, cancellationToken) ?? throw StoryboardErrors.NotFound(request.Board, []);

    private static IReadOnlyList<PanelResult> Report(Storyboard board, StoryboardRequest request, IRenderSink sink)
    {
        var results = PanelResults.Create(board, request.ChangeId);
        sink.ReportPanels(results);
        var drawn = results.Where(panel => panel.State is not (PanelState.Kept or PanelState.Missing)).ToArray();
        sink.ReportProgress(drawn is [] ? 1 : (double)drawn.Count(panel => panel.State is not PanelState.Drawing) / drawn.Length);
        return results;
    }
}
