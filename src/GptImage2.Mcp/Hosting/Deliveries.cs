using System.Collections.Concurrent;
using GptImage2.Generation.Jobs;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GptImage2.Mcp.Hosting;

/// <summary>
/// Knows when the pictures of a job have left for their client. Until then the same request again is given what came of
/// the job: a client that has hung up has collected nothing.
/// </summary>
internal sealed class Deliveries(JobBoard jobs)
{
    private readonly ConcurrentDictionary<RequestId, string> _answers = new();

    /// <summary>The answer to a request will carry the job as it ended.</summary>
    public void Expect(RequestId request, JobView? job)
    {
        if (job is { IsOver: true })
        {
            _answers[request] = job.Id;
        }
    }

    public McpMessageHandler Filter(McpMessageHandler next) => async (context, cancellationToken) =>
    {
        var job = context.JsonRpcMessage is JsonRpcResponse { Id: var id } && _answers.TryRemove(id, out var found) ? found : null;
        await next(context, cancellationToken);
        if (job is not null)
        {
            await jobs.CollectAsync(job);
        }
    };
}
