namespace GptImage2.Generation.Jobs.Scheduling;

/// <summary>
/// Lets at most <see cref="JobOptions.Concurrency"/> renders of one backend run at once in this process, so that agents
/// that work in parallel do not exceed a service's rate limit together. First in, first out.
/// </summary>
public sealed class BackendConcurrencyLimiter(JobOptions options)
{
    private readonly ConcurrentDictionary<string, FifoSemaphore> _semaphores = new(StringComparer.Ordinal);

    /// <summary>Waits until the backend has a free slot.</summary>
    /// <param name="backend">Its name; backends do not wait for each other.</param>
    /// <param name="onPosition">
    /// Receives how many wait before this one: at once where it must wait, and then whenever that changes; never again once it
    /// has its slot or was cancelled. It must be quick, and must not throw or acquire.
    /// </param>
    /// <returns>The slot; dispose it when the render is over, however it ended.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public Task<IDisposable> AcquireAsync(string backend, Action<int> onPosition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(onPosition);
        return _semaphores.GetOrAdd(backend, _ => new FifoSemaphore(options.Concurrency)).AcquireAsync(onPosition, cancellationToken);
    }
}

/// <summary>A FIFO semaphore that reports each waiter's position.</summary>
internal sealed class FifoSemaphore(int slots)
{
    private readonly Lock _gate = new();
    private readonly List<Waiter> _waiting = [];
    private int _free = slots;

    public async Task<IDisposable> AcquireAsync(Action<int> onPosition, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = new Waiter(onPosition);
        lock (_gate)
        {
            _waiting.Add(waiter);
            if (!TryServeNext())
            {
                NotifyPositionsFrom(_waiting.Count - 1);
            }
        }

        await using var cancelled = cancellationToken.UnsafeRegister(_ => CancelWaiter(waiter, cancellationToken), null);
        return await waiter.Acquired.Task;
    }

    /// <summary>A waiter that got its slot in the same moment keeps it, and its caller disposes it.</summary>
    private void CancelWaiter(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_waiting.IndexOf(waiter) is >= 0 and var index)
            {
                _waiting.RemoveAt(index);
                waiter.Acquired.SetCanceled(cancellationToken);
                NotifyPositionsFrom(index);
            }
        }
    }

    private void Release()
    {
        lock (_gate)
        {
            _free++;
            TryServeNext();
        }
    }

    private bool TryServeNext()
    {
        if (_free is 0 || _waiting is not [var next, ..])
        {
            return false;
        }

        _free--;
        _waiting.RemoveAt(0);
        next.Acquired.SetResult(new Lease(this));
        NotifyPositionsFrom(0);
        return true;
    }

    /// <summary>Under the lock, so that positions are reported in order.</summary>
    private void NotifyPositionsFrom(int first)
    {
        for (var index = first; index < _waiting.Count; index++)
        {
            _waiting[index].ReportPosition(index);
        }
    }

    private sealed record Waiter(Action<int> ReportPosition)
    {
        public TaskCompletionSource<IDisposable> Acquired { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Lease(FifoSemaphore semaphore) : IDisposable
    {
        private int _released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) is 0)
            {
                semaphore.Release();
            }
        }
    }
}
