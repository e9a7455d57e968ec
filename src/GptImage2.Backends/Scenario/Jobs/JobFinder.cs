using GptImage2.Backends.Http;
using GptImage2.Backends.Scenario.Protocol;

namespace GptImage2.Backends.Scenario.Jobs;

/// <summary>Looks for the job of a request whose answer was lost among the project's jobs, by its input and the time at which it was sent.</summary>
internal sealed class JobFinder(ScenarioOptions options, ScenarioClient client, TimeProvider time)
{
    /// <summary>An input may be 100 kB long, and a page is held in memory.</summary>
    private const int PageSize = 25;

    /// <summary>How far the service's clock may be from what its answers said of it.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(5);

    /// <summary>So long after it was sent a request may still become a job.</summary>
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, bool> _claimed = new(StringComparer.Ordinal);

    /// <summary>Says that a job belongs to a request of its own, so that it is not found for an equal one.</summary>
    public void Claim(string jobId) => _claimed.TryAdd(jobId, true);

    /// <summary>Finds it, or gives up after a while: the list may be behind.</summary>
    /// <param name="lost">Why it is not known whether there is a job; null where nothing was told.</param>
    /// <exception cref="ImageException">There is none, as far as the service tells.</exception>
    public async Task<string> FindAsync(Checkpoint checkpoint, Failure? lost, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        for (var wait = options.PollInterval; ; wait *= 2)
        {
            if (await TryFindAsync(checkpoint, cancellationToken) is { } id)
            {
                return id;
            }

            if (time.GetElapsedTime(began) + wait > options.LookupTime)
            {
                throw new ImageException(JobErrors.RunLost(lost));
            }

            await Task.Delay(wait, time, cancellationToken);
        }
    }

    /// <returns>Null where there is none, or the service does not say: what has just failed may need a moment.</returns>
    private async Task<string?> TryFindAsync(Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        try
        {
            return await SearchAsync(checkpoint, cancellationToken);
        }
        catch (ImageException)
        {
            return null;
        }
    }

    private async Task<string?> SearchAsync(Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        var (earliest, latest) = (checkpoint.Since - ClockTolerance, checkpoint.Since + MaxDelay);
        var candidates = new List<ScenarioJob>();
        string? next = "";
        while (next is not null)
        {
            var page = await client.FollowAsync($"jobs?pageSize={PageSize}{(next is "" ? "" : $"&paginationToken={Uri.EscapeDataString(next)}")}", cancellationToken);
            ScenarioJob[] jobs = LenientJson.GetMember(page, "jobs") is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(ScenarioJob.TryRead).OfType<ScenarioJob>()] : [];
            candidates.AddRange(jobs.Where(job => job.Created >= earliest && job.Created <= latest && job.Matches(checkpoint.Model, checkpoint.Input ?? default)));

            // Newest first: beyond this page there is nothing that is new enough.
            next = jobs is [] || jobs[^1].Created < earliest ? null : LenientJson.GetText(page, "nextPaginationToken") is { Length: > 0 } token ? token : null;
        }

        // Of equal requests, the one that was sent at that time.
        return candidates.OrderBy(job => (job.Created!.Value - checkpoint.Since).Duration()).FirstOrDefault(job => _claimed.TryAdd(job.Id, true))?.Id;
    }
}
