using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Planning.Storyboards;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Storyboards;

/// <summary>
/// Has one panel drawn, by a job of its own. Which job that is stands on the board before the job starts, so that whoever takes the board up after a
/// crash finds it; only a job that certainly cost nothing is followed by another.
/// </summary>
internal sealed class PanelDrawer(IStoryboardStore boards, JobPlanner planner, JobStarter starter, JobQueries queries, TimeProvider clock)
{
    /// <summary>Jobs for one panel; each of them has repeated itself what may be repeated within one request.</summary>
    private const int MaxTries = 2;

    /// <summary>Where the service does not say how long to wait.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>A longer wait is reported to the caller instead.</summary>
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(60);

    private static readonly IProgress<JobSnapshot> Nobody = new IgnoredProgress();

    /// <param name="anchor">A picture, by its id, that shows what all panels look like; null where the panel needs none, or there is none yet.</param>
    /// <param name="changed">Receives the board whenever this panel has changed on it.</param>
    /// <returns>The picture, by its id; null where it could not be drawn, which stands on the board.</returns>
    /// <exception cref="OperationCanceledException">The board was given up; a job that has not been sent ends with it.</exception>
    public async Task<string?> DrawAsync(StoryboardRequest request, PanelDraft draft, string? anchor, Action<Storyboard> changed, CancellationToken cancellationToken)
    {
        while (true)
        {
            var panel = (await FindAsync(request.Caller, request.Board, cancellationToken))?.Panels.FirstOrDefault(panel => panel.Id == draft.Panel);
            if (panel?.Attempt is not { Failure: null } attempt || attempt.Change != request.ChangeId)
            {
                return panel?.Versions.LastOrDefault(version => version.Change == request.ChangeId)?.Image;
            }

            var (job, failure, wasThere) = await RunJobAsync(request, draft, anchor, attempt, cancellationToken);
            if (job is { Images: [var image, ..] })
            {
                changed(await AddVersionAsync(request.Caller, request.Board, draft.Panel, request.ChangeId, job));
                return image.Record.Id;
            }

            if (job is null && failure is null)
            {
                continue;
            }

            if (failure is null || !MayTryAgain(failure, attempt, wasThere))
            {
                changed(await ChangeAsync(request.Caller, request.Board, draft.Panel, request.ChangeId, current => current with { Failure = failure ?? Nothing }));
                return null;
            }

            // What only ended with a process is no failed try.
            await ChangeAsync(request.Caller, request.Board, draft.Panel, request.ChangeId, current => current with { Job = null, Tries = wasThere ? current.Tries : current.Tries + 1 });
            await Task.Delay(failure.RetryAfter ?? Pause, clock, cancellationToken);
        }
    }

    /// <summary>Takes what jobs have drawn for the board after nobody waited for them any more.</summary>
    /// <returns>How many of them are not over.</returns>
    public async Task<int> SettleAsync(Caller caller, string board, CancellationToken cancellationToken)
    {
        var running = 0;
        var waiting = (await FindAsync(caller, board, cancellationToken))?.Panels.Where(panel => panel.Attempt is { Job: not null, Failure: null }) ?? [];
        foreach (var panel in waiting)
        {
            if (await queries.FindAsync(caller, panel.Attempt!.Job!, cancellationToken) is not { } handle)
            {
                continue;
            }

            var job = await handle.GetSnapshotAsync(cancellationToken);
            running += job.IsOver || !job.Sent ? 0 : 1;
            if (job.Images is not [])
            {
                await AddVersionAsync(caller, board, panel.Id, panel.Attempt.Change, job);
            }
        }

        return running;
    }

    /// <summary>Of a change that was given up, what was never sent is wanted no more.</summary>
    public async Task ForgetUnsentAsync(StoryboardRequest request, CancellationToken cancellationToken)
    {
        var waiting = (await FindAsync(request.Caller, request.Board, cancellationToken))?.Panels.Where(panel => panel.Attempt is { Failure: null } attempt && attempt.Change == request.ChangeId) ?? [];
        foreach (var panel in waiting)
        {
            var job = panel.Attempt!.Job is { } id && await queries.FindAsync(request.Caller, id, cancellationToken) is { } handle ? await handle.GetSnapshotAsync(cancellationToken) : null;
            if (job is null or { Sent: false })
            {
                await boards.ChangeAsync(
                    request.Caller.Owner,
                    request.Board,
                    current => (current ?? throw StoryboardErrors.NotFound(request.Board, [])).WithPanel(panel.Id, before => before.Attempt == panel.Attempt ? before with { Attempt = null } : before),
                    cancellationToken);
            }
        }
    }

    /// <returns>The job when it is over, why there is none, and whether it was there before.</returns>
    private async Task<(JobSnapshot? Job, Failure? Failure, bool WasThere)> RunJobAsync(StoryboardRequest request, PanelDraft draft, string? anchor, PanelAttempt attempt, CancellationToken cancellationToken)
    {
        try
        {
            var known = attempt.Job is { } id ? await queries.FindAsync(request.Caller, id, cancellationToken) : null;
            var handle = known ?? await StartAsync(request, draft, anchor, attempt.Job, cancellationToken);
            if (handle is null)
            {
                return (null, null, WasThere: true);
            }

            var job = await queries.WaitAsync(handle, Timeout.InfiniteTimeSpan, Nobody, cancellationToken);
            return (job, job.Failure, known is not null);
        }
        catch (ImageException refused)
        {
            return (null, refused.Failure, false);
        }
    }

    /// <returns>Null where another change has taken the panel over in the meantime, which draws it.</returns>
    private async Task<JobHandle?> StartAsync(StoryboardRequest request, PanelDraft draft, string? anchor, string? job, CancellationToken cancellationToken)
    {
        var order = draft.Order.NeedsAnchor && anchor is not null ? PanelPrompt.WithAnchor(draft.Order.Request, anchor, await HasStyleAsync(request, anchor, cancellationToken), knownSize: null) : draft.Order.Request;
        using var plan = await planner.PlanAsync(request.Caller, request.Tool, order, cancellationToken);
        if (job is null)
        {
            job = IdGenerator.CreatePanelJobId();
            var marked = await ChangeAsync(request.Caller, request.Board, draft.Panel, request.ChangeId, current => current.Job is null ? current with { Job = job } : current);
            if (marked.Panels.FirstOrDefault(panel => panel.Id == draft.Panel)?.Attempt is not { } attempt || attempt.Change != request.ChangeId || attempt.Job != job)
            {
                return null;
            }
        }

        return await starter.StartAsync(plan, fresh: true, clock.GetUtcNow(), job, cancellationToken);
    }

    /// <summary>Whether a picture of the board was drawn in the style that the board has now.</summary>
    private async Task<bool> HasStyleAsync(StoryboardRequest request, string picture, CancellationToken cancellationToken) =>
        await FindAsync(request.Caller, request.Board, cancellationToken) is not { } board
        || board.Panels.SelectMany(panel => panel.Versions).FirstOrDefault(version => version.Image == picture) is not { } version
        || version.Style == board.Style;

    /// <summary>Only what certainly cost nothing, and may end otherwise: a process that ended, a service that was busy.</summary>
    private static bool MayTryAgain(Failure failure, PanelAttempt attempt, bool wasThere) =>
        failure.Billed is Billing.No
        && attempt.Tries + 1 < MaxTries
        && !(failure.RetryAfter > MaxPause)
        && (wasThere
            ? failure.Code is FailureCode.Cancelled or FailureCode.AnswerLost
            : failure.Code is FailureCode.RateLimited or FailureCode.ServiceFailed or FailureCode.ServiceUnreachable);

    private Task<Storyboard> AddVersionAsync(Caller caller, string board, string panel, string change, JobSnapshot job) => boards.ChangeAsync(
        caller.Owner,
        board,
        current => (current ?? throw StoryboardErrors.NotFound(board, [])).WithPanel(panel, before => before.Versions.Any(version => version.Job == job.Id) ? before with { Attempt = WithoutJob(before.Attempt, job) } : before with
        {
            Versions = [.. before.Versions, new PanelVersion(before.Versions.Count + 1, change, job.Id, job.Images[0].Record.Id, before.Words, job.Usd, job.Outcome?.Credits) { Style = current.Style }],
            Active = before.Versions.Count + 1,
            Attempt = WithoutJob(before.Attempt, job),
        }),
        CancellationToken.None);

    /// <summary>The attempt that the job has ended; another one stays.</summary>
    private static PanelAttempt? WithoutJob(PanelAttempt? attempt, JobSnapshot job) => attempt?.Job == job.Id ? null : attempt;

    /// <summary>Of a change that was overtaken by another one of the same panel, nothing is written down any more.</summary>
    private Task<Storyboard> ChangeAsync(Caller caller, string board, string panel, string change, Func<PanelAttempt, PanelAttempt> edit) => boards.ChangeAsync(
        caller.Owner,
        board,
        current => (current ?? throw StoryboardErrors.NotFound(board, [])).WithPanel(panel, before => before.Attempt is { } attempt && attempt.Change == change ? before with { Attempt = edit(attempt) } : before),
        CancellationToken.None);

    private Task<Storyboard?> FindAsync(Caller caller, string board, CancellationToken cancellationToken) => boards.FindAsync(caller.Owner, board, cancellationToken);

    private static Failure Nothing => new() { Code = FailureCode.AnswerLost, Message = "The service sent no picture, and said that all is well.", Retry = RetryAdvice.Same, Billed = Billing.Unknown };

    private sealed class IgnoredProgress : IProgress<JobSnapshot>
    {
        public void Report(JobSnapshot value)
        {
        }
    }
}
