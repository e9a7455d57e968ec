using GptImage2.Generation.Planning;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Jobs;

/// <summary>The jobs that this process runs, or ran recently.</summary>
public sealed class LocalJobs(StorageOptions storage, TimeProvider clock) : IDisposable
{
    /// <summary>An ended job is in the catalog; whoever asks for an older one reads it there.</summary>
    private const int MaxEnded = 64;

    private readonly ConcurrentDictionary<string, Job> _jobs = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private volatile bool _shuttingDown;

    /// <summary>Whether the process is ending, so that calls which end with it were not cancelled by their callers.</summary>
    internal bool IsShuttingDown => _shuttingDown;

    internal IReadOnlyList<JobSnapshot> Snapshots => [.. _jobs.Values.Select(job => job.Snapshot)];

    internal Task[] UnfinishedWork => [.. _jobs.Values.Select(job => job.Work).Where(work => !work.IsCompleted)];

    /// <summary>Triggered when the process ends, and jobs that still run are interrupted.</summary>
    internal CancellationToken Stopping => _stopping.Token;

    internal void BeginShutdown() => _shuttingDown = true;

    internal Task InterruptAsync() => _stopping.CancelAsync();

    public void Dispose() => _stopping.Dispose();

    internal bool Contains(string id) => _jobs.ContainsKey(id);

    internal Job? Find(string id) => _jobs.GetValueOrDefault(id);

    /// <summary>A job that can run on this machine; it is not one of these until it is added.</summary>
    internal Job Create(JobPlan plan, JobSnapshot initial) => new(plan, initial, storage, clock);

    /// <summary>A job that another process began.</summary>
    /// <param name="storedImages">How many of its images, from the first, are stored already.</param>
    internal Job Resume(JobPlan plan, JobSnapshot initial, string checkpoint, int storedImages) => new(plan, initial, storage, clock) { Resumed = (checkpoint, storedImages) };

    internal void Add(Job job) => _jobs[job.Id] = job;

    /// <summary>Forgets a job that never ran, or that ended.</summary>
    internal void Discard(Job job)
    {
        _jobs.TryRemove(job.Id, out _);
        job.Dispose();
    }

    /// <summary>Forgets jobs that ended before the moment, and of the others all but the last to end. What could not be recorded is kept until then.</summary>
    internal void DiscardEnded(DateTimeOffset before)
    {
        Job[] ended = [.. _jobs.Values.Where(job => job.Work.IsCompleted).OrderByDescending(job => job.Snapshot.Changed)];
        foreach (var (_, job) in ended.Index().Where(job => job.Item.Snapshot.Changed < before || (job.Index >= MaxEnded && job.Item.IsRecorded)))
        {
            Discard(job);
        }
    }
}
