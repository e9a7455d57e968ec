using System.Collections.Concurrent;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Scheduling;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GptImage2.Mcp.Server.Dispatch;

/// <summary>
/// Knows when the pictures of a job have left for their client. Until then the same request again is given what came of
/// the job: a client that has hung up has collected nothing.
/// </summary>
internal sealed class ResultDeliveryTracker(JobScheduler jobs, TimeProvider clock)
{
    /// <summary>Longer than any disk takes to note it, shorter than anybody notices.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<RequestId, string> _jobsByRequest = new();
    private readonly ConcurrentDictionary<string, Task> _pending = new(StringComparer.Ordinal);

    /// <summary>The answer to a request will carry the job as it ended.</summary>
    public void Track(RequestId request, JobSnapshot? job)
    {
        if (job is { IsOver: true })
        {
            _jobsByRequest[request] = job.Id;
        }
    }

    public McpMessageHandler Filter(McpMessageHandler next) => async (context, cancellationToken) =>
    {
        var job = context.JsonRpcMessage is JsonRpcResponse { Id: var id } && _jobsByRequest.TryRemove(id, out var found) ? found : null;
        await (job is null ? next(context, cancellationToken) : SendAndMarkCollectedAsync(job, () => next(context, cancellationToken)));
    };

    /// <summary>
    /// Waits until what has left is noted, so that a client whose call has ended finds it ended: the same call again
    /// means new pictures, and what it cost is in the books. Not for long, for an answer may be stuck on its way.
    /// </summary>
    public async Task WaitForPendingAsync(CancellationToken cancellationToken)
    {
        if (_pending.Values.ToArray() is { Length: > 0 } leaving)
        {
            await Task.WhenAny(Task.WhenAll(leaving), Task.Delay(MaxWait, clock, cancellationToken));
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
