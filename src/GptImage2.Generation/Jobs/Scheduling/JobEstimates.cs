using GptImage2.Generation.Jobs.Persistence;

namespace GptImage2.Generation.Jobs.Scheduling;

/// <summary>How long a job will still take, by what similar ones took and by what is before it.</summary>
public sealed class JobEstimates(IJobStore jobs, LocalJobs local, JobOptions options, TimeProvider clock)
{
    /// <summary>How many recent jobs of a kind decide what is typical.</summary>
    private const int DurationSamples = 15;

    /// <summary>The snapshot with what similar jobs took and what is left.</summary>
    internal async Task<JobSnapshot> AddToAsync(JobSnapshot job, CancellationToken cancellationToken)
    {
        var typical = await GetTypicalAsync(job.Summary.Kind, cancellationToken);
        return typical is not { } own ? job : job with
        {
            TypicalDuration = own,
            Remaining = job switch
            {
                { Worked: { } worked } => own - worked,
                { QueuePosition: { } position } => own + await EstimateQueueAsync(job.Summary.Backend, position, own, cancellationToken),
                _ => null,
            },
        };
    }

    /// <summary>When the queue's next slot is free for the job with so many before it: those that draw end in order of what is left of them.</summary>
    private async Task<TimeSpan> EstimateQueueAsync(string backend, int position, TimeSpan fallback, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var slots = new PriorityQueue<int, TimeSpan>();
        var others = local.Snapshots.Where(job => !job.IsOver && job.Summary.Backend == backend).ToArray();
        foreach (var drawing in others.Where(job => job.Begun is not null).Take(options.Concurrency))
        {
            var left = await GetTypicalAsync(drawing.Summary.Kind, cancellationToken) - (now - drawing.Begun) ?? fallback;
            slots.Enqueue(0, left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }

        while (slots.Count < options.Concurrency)
        {
            slots.Enqueue(0, TimeSpan.Zero);
        }

        foreach (var before in others.Where(job => job.QueuePosition < position).OrderBy(job => job.QueuePosition))
        {
            var took = await GetTypicalAsync(before.Summary.Kind, cancellationToken) ?? fallback;
            slots.TryDequeue(out _, out var free);
            slots.Enqueue(0, free + took);
        }

        slots.TryPeek(out _, out var start);
        return start;
    }

    private async Task<TimeSpan?> GetTypicalAsync(string kind, CancellationToken cancellationToken)
    {
        var recent = await jobs.ListDurationsAsync(kind, DurationSamples, cancellationToken);
        return recent is [] ? null : recent.Order().ElementAt(recent.Count / 2);
    }
}
