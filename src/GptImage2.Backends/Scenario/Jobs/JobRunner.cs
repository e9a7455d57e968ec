using GptImage2.Backends.Scenario.Protocol;
using GptImage2.Generation.Rendering;

namespace GptImage2.Backends.Scenario.Jobs;

/// <summary>Starts a job once, and finds it again where the answer was lost.</summary>
internal sealed class JobRunner(ScenarioOptions options, ScenarioClient client, TimeProvider time)
{
    private const int PageSize = 200;

    /// <summary>How far the service's clock may be from what its answers said of it.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, bool> _own = new(StringComparer.Ordinal);

    /// <summary>Sends the request, having recorded it, and records its job.</summary>
    /// <returns>The job's id.</returns>
    /// <exception cref="ImageException">It was refused, unbilled; or it is not known whether there is a job.</exception>
    public async Task<string> StartAsync(string modelId, byte[] input, IRenderSink sink, CancellationToken cancellationToken)
    {
        var checkpoint = new Checkpoint(modelId, null, JsonElement.Parse(input), client.ServerTime);
        await sink.SaveCheckpointAsync(checkpoint.ToJson());
        string id;
        try
        {
            // A caller who gives up now does not unsend it.
            var answer = await client.RunAsync(modelId, input, () => sink.Report(RenderStage.Drawing), cancellationToken);
            id = ReadId(answer) ?? await FindAsync(checkpoint, cancellationToken);
        }
        catch (ImageException lost) when (lost.Failure.Billed is Billing.Unknown)
        {
            id = await FindAsync(checkpoint, cancellationToken);
        }

        _own.TryAdd(id, true);
        await sink.SaveCheckpointAsync((checkpoint with { Job = id, Input = null }).ToJson());
        return id;
    }

    /// <summary>The job of a request that was sent by a process that has died, perhaps.</summary>
    /// <exception cref="ImageException">There is none, as far as the service tells.</exception>
    public async Task<string> ResumeAsync(Checkpoint checkpoint, IRenderSink sink, CancellationToken cancellationToken)
    {
        if (checkpoint.Job is { } known)
        {
            _own.TryAdd(known, true);
            return known;
        }

        var id = await FindAsync(checkpoint, cancellationToken);
        await sink.SaveCheckpointAsync((checkpoint with { Job = id, Input = null }).ToJson());
        return id;
    }

    private static string? ReadId(JsonElement answer) => Http.LenientJson.GetMember(answer, "job") is { } job ? ScenarioJob.TryRead(job)?.Id : null;

    /// <summary>Looks for a job with the same input among those made since, for a minute: the list may be behind.</summary>
    private async Task<string> FindAsync(Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        for (var (began, wait) = (time.GetTimestamp(), options.PollInterval); ; wait *= 2)
        {
            try
            {
                if (await FindOnceAsync(checkpoint, cancellationToken) is { } id)
                {
                    return id;
                }
            }
            catch (ImageException failure) when (time.GetElapsedTime(began) < options.LookupTime)
            {
                // The network that has just failed may need a moment.
                _ = failure;
            }

            if (time.GetElapsedTime(began) + wait > options.LookupTime)
            {
                throw new ImageException(ScenarioErrors.RunLost());
            }

            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private async Task<string?> FindOnceAsync(Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        var earliest = checkpoint.Since - ClockTolerance;
        string? next = null;
        do
        {
            var page = await client.AskAsync(HttpMethod.Get, $"jobs?pageSize={PageSize}{(next is null ? "" : $"&paginationToken={Uri.EscapeDataString(next)}")}", null, cancellationToken);
            ScenarioJob[] jobs = Http.LenientJson.GetMember(page, "jobs") is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(ScenarioJob.TryRead).OfType<ScenarioJob>()] : [];
            var found = jobs
                .Where(job => job.Created >= earliest && job.Matches(checkpoint.Model, checkpoint.Input ?? default) && !_own.ContainsKey(job.Id))
                .MinBy(job => job.Created);
            if (found is not null && _own.TryAdd(found.Id, true))
            {
                return found.Id;
            }

            // Newest first: beyond this page there is nothing that is new enough.
            next = jobs is [] || jobs[^1].Created < earliest ? null : Http.LenientJson.GetText(page, "nextPaginationToken");
        }
        while (next is { Length: > 0 });

        return null;
    }
}
