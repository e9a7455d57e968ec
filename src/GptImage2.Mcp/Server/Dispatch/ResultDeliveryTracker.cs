using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Mcp.Callers;

namespace GptImage2.Mcp.Server.Dispatch;

/// <summary>
/// Knows when the result of a job has been delivered, which it has only once the response has been written. Until then
/// the same request again gets the same job.
/// </summary>
internal sealed class ResultDeliveryTracker(JobScheduler jobs, TimeProvider clock)
{
    /// <summary>Where a request keeps the job that its response carries. The response shares the items of its own request, whatever ids other sessions use.</summary>
    private const string DeliveryItem = "gptimage2.delivers-job";

    /// <summary>Longer than any disk takes to record it, shorter than anybody notices.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Delivery, Task> _pending = new(ReferenceEqualityComparer.Instance);

    /// <summary>The response to the session's request will carry the job's final state.</summary>
    public static void Track(MessageContext request, CallerSession session, JobSnapshot? job)
    {
        if (job is { IsOver: true })
        {
            request.Items[DeliveryItem] = new Delivery(session, job.Id);
        }
    }

    public McpMessageHandler Filter(McpMessageHandler next) => (context, cancellationToken) =>
        context.JsonRpcMessage is JsonRpcResponse && context.Items.TryGetValue(DeliveryItem, out var item) && item is Delivery delivery
            ? SendAndMarkCollectedAsync(delivery, () => next(context, cancellationToken))
            : next(context, cancellationToken);

    /// <summary>
    /// Waits until what has been sent to the session is recorded, so that a client whose call has ended finds it ended: the same
    /// call again means new images, and what it cost is in the ledger. Not for long, because a response may be stuck on its way;
    /// and never for another session, whose client may read as slowly as it likes.
    /// </summary>
    public async Task WaitForPendingAsync(CallerSession session, CancellationToken cancellationToken)
    {
        if (!_pending.IsEmpty && _pending.Where(entry => entry.Key.Session == session).Select(entry => entry.Value).ToArray() is { Length: > 0 } pending)
        {
            await Task.WhenAny(Task.WhenAll(pending), Task.Delay(MaxWait, clock, cancellationToken));
        }
    }

    private async Task SendAndMarkCollectedAsync(Delivery delivery, Func<Task> send)
    {
        var sentAt = clock.GetUtcNow();
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[delivery] = settled.Task;
        try
        {
            await send();
            await jobs.MarkCollectedAsync(delivery.Job, sentAt);
        }
        finally
        {
            _pending.TryRemove(delivery, out _);
            settled.SetResult();
        }
    }

    /// <summary>A response that carries a job. Two may carry the same one.</summary>
    private sealed record Delivery(CallerSession Session, string Job);
}
