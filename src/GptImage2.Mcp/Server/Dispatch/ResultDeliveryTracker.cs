using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Scheduling;

namespace GptImage2.Mcp.Server.Dispatch;

/// <summary>
/// Knows when the result of a job has been delivered, which it has only once the response has been written. Until then
/// the same request again gets the same job.
/// </summary>
internal sealed class ResultDeliveryTracker(JobScheduler jobs, TimeProvider clock)
{
    /// <summary>Where a request keeps the job that its response carries. The response shares the items of its own request, whatever ids other sessions use.</summary>
    private const string JobItem = "gptimage2.delivers-job";

    /// <summary>Longer than any disk takes to record it, shorter than anybody notices.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Task> _pending = new(StringComparer.Ordinal);

    /// <summary>The response to the request will carry the job's final state.</summary>
    public static void Track(MessageContext request, JobSnapshot? job)
    {
        if (job is { IsOver: true })
        {
            request.Items[JobItem] = job.Id;
        }
    }

    public McpMessageHandler Filter(McpMessageHandler next) => (context, cancellationToken) =>
        context.JsonRpcMessage is JsonRpcResponse && context.Items.TryGetValue(JobItem, out var item) && item is string job
            ? SendAndMarkCollectedAsync(job, () => next(context, cancellationToken))
            : next(context, cancellationToken);

    /// <summary>
    /// Waits until what has been sent is recorded, so that a client whose call has ended finds it ended: the same call
    /// again means new images, and what it cost is in the ledger. Not for long, because a response may be stuck on its way.
    /// </summary>
    public async Task WaitForPendingAsync(CancellationToken cancellationToken)
    {
        if (_pending.Values.ToArray() is { Length: > 0 } pending)
        {
            await Task.WhenAny(Task.WhenAll(pending), Task.Delay(MaxWait, clock, cancellationToken));
        }
    }

    private async Task SendAndMarkCollectedAsync(string job, Func<Task> send)
    {
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[job] = settled.Task;
        try
        {
            await send();
            await jobs.MarkCollectedAsync(job);
        }
        finally
        {
            _pending.TryRemove(job, out _);
            settled.SetResult();
        }
    }
}
