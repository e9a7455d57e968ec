using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Mcp.Callers;

namespace GptImage2.Mcp.Server.Dispatch;

/// <summary>
/// Knows when the result of a job has been delivered, which it has only once the response has been written. Until then
/// the same request again gets the same job.
/// </summary>
internal sealed class ResultDeliveryTracker(JobScheduler jobs, ICallerAccessor callers, TimeProvider clock)
{
    /// <summary>Where a request keeps the job that its response carries. The response shares the items of its own request, whatever ids other sessions use.</summary>
    private const string DeliveryItem = "gptimage2.delivers-job";

    /// <summary>Longer than any disk takes to record it, shorter than anybody notices.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(2);

    /// <summary>A cancellation crosses a result within moments, so few results can be meant.</summary>
    private const int RecentLimit = 64;

    private readonly ConcurrentDictionary<Task, CallerSession> _pending = [];
    private readonly ConcurrentQueue<Delivery> _recent = [];

    /// <summary>The response to the session's request will carry the job's final state.</summary>
    public static void Track(MessageContext request, CallerSession session, JobSnapshot? job)
    {
        if (job is { IsOver: true })
        {
            request.Items[DeliveryItem] = new Delivery(session, ((JsonRpcRequest)request.JsonRpcMessage).Id, job.Id);
        }
    }

    public McpMessageHandler FilterOutgoing(McpMessageHandler next) => (context, cancellationToken) =>
        context.JsonRpcMessage is JsonRpcResponse && context.Items.TryGetValue(DeliveryItem, out var item) && item is Delivery delivery
            ? SendAndMarkCollectedAsync(delivery, () => next(context, cancellationToken))
            : next(context, cancellationToken);

    public McpMessageHandler FilterIncoming(McpMessageHandler next) => (context, cancellationToken) =>
    {
        if (context.JsonRpcMessage is JsonRpcNotification notice)
        {
            OnNotification(notice, () => callers.GetSession(context));
        }

        return next(context, cancellationToken);
    };

    /// <summary>
    /// A client that cancels a call just as its result leaves ignores that result, as the protocol tells it to, so nobody has
    /// collected it. What follows from the session waits until that is recorded, so this is called in the order of the messages where there is one.
    /// </summary>
    public void OnNotification(JsonRpcNotification notice, Func<CallerSession> session)
    {
        if (notice.Method is NotificationMethods.CancelledNotification && FindRecent(notice, session) is { } delivery && delivery.TryDiscard())
        {
            _ = MarkUncollectedAsync(delivery);
        }
    }

    /// <summary>
    /// Waits until what has been sent to the session is recorded, so that a client whose call has ended finds it ended: the same
    /// call again means new images, and what it cost is in the ledger. Not for long, because a response may be stuck on its way;
    /// and never for another session, whose client may read as slowly as it likes.
    /// </summary>
    public async Task WaitForPendingAsync(CallerSession session, CancellationToken cancellationToken)
    {
        if (!_pending.IsEmpty && _pending.Where(entry => entry.Value == session).Select(entry => entry.Key).ToArray() is { Length: > 0 } pending)
        {
            await Task.WhenAny(Task.WhenAll(pending), Task.Delay(MaxWait, clock, cancellationToken));
        }
    }

    private Task SendAndMarkCollectedAsync(Delivery delivery, Func<Task> send) => TrackAsync(delivery, async () =>
    {
        var sentAt = clock.GetUtcNow();
        Remember(delivery);
        await send();
        await jobs.MarkCollectedAsync(delivery.Job, sentAt);
    });

    private Task MarkUncollectedAsync(Delivery delivery)
    {
        var marking = delivery.Marking;
        return TrackAsync(delivery, async () =>
        {
            await marking;
            await jobs.MarkUncollectedAsync(delivery.Job);
        });
    }

    private async Task TrackAsync(Delivery delivery, Func<Task> work)
    {
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[settled.Task] = delivery.Session;
        delivery.Marking = settled.Task;
        try
        {
            await work();
        }
        finally
        {
            _pending.TryRemove(settled.Task, out _);
            settled.SetResult();
        }
    }

    private void Remember(Delivery delivery)
    {
        _recent.Enqueue(delivery);
        if (_recent.Count > RecentLimit)
        {
            _recent.TryDequeue(out _);
        }
    }

    private Delivery? FindRecent(JsonRpcNotification notice, Func<CallerSession> find)
    {
        if (_recent.IsEmpty || ReadRequestId(notice) is not { } request)
        {
            return null;
        }

        var session = find();
        return _recent.LastOrDefault(delivery => delivery.Request.ToString() == request && delivery.Session == session);
    }

    private static string? ReadRequestId(JsonRpcNotification notice)
    {
        try
        {
            return (notice.Params as JsonObject)?["requestId"]?.ToString();
        }
        catch (ArgumentException)
        {
            // A member that is there twice is found only now.
            return null;
        }
    }

    /// <summary>A response that carries a job. Two may carry the same one.</summary>
    private sealed class Delivery(CallerSession session, RequestId request, string job)
    {
        private int _discarded;

        public CallerSession Session => session;

        public RequestId Request => request;

        public string Job => job;

        /// <summary>Ends when what is known of it has been recorded.</summary>
        public Task Marking { get; set; } = Task.CompletedTask;

        /// <returns>Whether this is the first word that its caller ignores it.</returns>
        public bool TryDiscard() => Interlocked.Exchange(ref _discarded, 1) is 0;
    }
}
