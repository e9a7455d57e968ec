using GptImage2.Backends.Http;
using GptImage2.Backends.Scenario.Protocol;
using GptImage2.Generation.Rendering;

namespace GptImage2.Backends.Scenario.Jobs;

/// <summary>Starts a job once, and finds it again where the answer was lost.</summary>
internal sealed class JobRunner(ScenarioClient client, JobFinder finder)
{
    /// <summary>By the first byte of the input's hash: equal requests share one, others seldom.</summary>
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Sends the request, having recorded it, and records its job.</summary>
    /// <returns>The job's id.</returns>
    /// <exception cref="ImageException">It was refused, unbilled; or it is not known whether there is a job.</exception>
    public async Task<string> StartAsync(string modelId, byte[] input, IRenderSink sink, CancellationToken cancellationToken)
    {
        if (!client.Clock.IsKnown)
        {
            // Without the service's time a job of the past could be taken for this one.
            await client.AskModelAsync(modelId, cancellationToken);
        }

        // While the answer to an equal request is under way, a job of it could not be told from a job of this one.
        var turn = _turns[SHA256.HashData(input)[0]];
        await turn.WaitAsync(cancellationToken);
        try
        {
            var checkpoint = new Checkpoint(modelId, null, JsonElement.Parse(input), client.Clock.Now);
            await sink.SaveCheckpointAsync(checkpoint.ToJson());
            return await RecordAsync(checkpoint, await RunAsync(checkpoint, input, sink, cancellationToken), sink);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The job of a request that was sent by a process that has died, perhaps.</summary>
    /// <exception cref="ImageException">There is none, as far as the service tells.</exception>
    public async Task<string> ResumeAsync(Checkpoint checkpoint, IRenderSink sink, CancellationToken cancellationToken)
    {
        if (checkpoint.Job is { } known)
        {
            finder.Claim(known);
            return known;
        }

        return await RecordAsync(checkpoint, await finder.FindAsync(checkpoint, lost: null, cancellationToken), sink);
    }

    private async Task<string> RunAsync(Checkpoint checkpoint, byte[] input, IRenderSink sink, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await client.RunAsync(checkpoint.Model, input, () => sink.Report(RenderStage.Drawing), cancellationToken);
            if (LenientJson.GetMember(answer, "job") is { } job && ScenarioJob.TryRead(job) is { Id: var id })
            {
                finder.Claim(id);
                return id;
            }

            return await finder.FindAsync(checkpoint, lost: null, cancellationToken);
        }
        catch (ImageException doubtful) when (doubtful.Failure is { Billed: Billing.Unknown } lost)
        {
            return await finder.FindAsync(checkpoint, lost, cancellationToken);
        }
    }

    private static async Task<string> RecordAsync(Checkpoint checkpoint, string id, IRenderSink sink)
    {
        await sink.SaveCheckpointAsync((checkpoint with { Job = id, Input = null }).ToJson());
        return id;
    }
}
