using System.Collections.Concurrent;
using GptImage2.Generation.Failures;
using GptImage2.Generation.Jobs;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GptImage2.Mcp.Hosting;

/// <summary>
/// Knows when the pictures of a job have left for their client. Until then the same request again is given what came of
/// the job: a client that has hung up has collected nothing.
/// </summary>
internal sealed partial class Deliveries(JobBoard jobs, ILogger<Deliveries> logger)
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
            await CollectAsync(job);
        }
    };

    private async Task CollectAsync(string job)
    {
        try
        {
            await jobs.CollectAsync(job);
        }
        catch (ImageException failure)
        {
            // At worst the same request is given the same pictures once more.
            LogUncollected(failure, job);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Job {Job} could not be marked as collected")]
    private partial void LogUncollected(Exception failure, string job);
}
