namespace GptImage2.Generation.Jobs;

/// <summary>A job that any number of callers wait for, whichever process runs it. A waiter that leaves ends its waiting and nothing else.</summary>
public abstract class JobHandle(TimeProvider clock)
{
    private int _waiters;

    protected TimeProvider Clock => clock;

    public abstract string Id { get; }

    /// <summary>How many callers wait at this moment.</summary>
    internal int WaiterCount => Volatile.Read(ref _waiters);

    /// <summary>The job now, and a task that ends when that may have changed.</summary>
    protected abstract Task<(JobSnapshot Snapshot, Task Changed)> ReadSnapshotAsync(CancellationToken cancellationToken);

    public async Task<JobSnapshot> GetSnapshotAsync(CancellationToken cancellationToken) => (await ReadSnapshotAsync(cancellationToken)).Snapshot;

    /// <summary>Waits until the job is over or the timeout, and reports the job at once, at every change, and at least once a heartbeat.</summary>
    /// <exception cref="OperationCanceledException">The waiter gave up; the job goes on.</exception>
    public async Task<JobSnapshot> WaitAsync(TimeSpan timeout, TimeSpan heartbeat, IProgress<JobSnapshot> observer, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiters);
        try
        {
            using var timeUp = new CancellationTokenSource(timeout, clock);
            while (true)
            {
                var (snapshot, changed) = await ReadSnapshotAsync(cancellationToken);
                cancellationToken.ThrowIfCancellationRequested();
                observer.Report(snapshot);
                if (snapshot.IsOver || timeUp.IsCancellationRequested)
                {
                    return snapshot;
                }

                using var wake = CancellationTokenSource.CreateLinkedTokenSource(timeUp.Token, cancellationToken);
                await Task.WhenAny(changed, Task.Delay(heartbeat, clock, wake.Token));
                await wake.CancelAsync();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiters);
        }
    }
}
