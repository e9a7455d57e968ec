namespace GptImage2.Generation.Jobs.Scheduling;

/// <summary>Those who render at one backend, and those who wait for it in the order they came.</summary>
/// <param name="room">How many may render at once.</param>
internal sealed class FifoSemaphore(int room)
{
    private readonly Lock _gate = new();
    private readonly List<Waiter> _waiting = [];
    private int _free = room;

    /// <inheritdoc cref="BackendConcurrencyLimiter.AcquireAsync"/>
    public async Task<IDisposable> AcquireAsync(Action<int> place, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (TryAcquireOrEnqueue(place) is not { } waiter)
        {
            return new Lease(this);
        }

        await using var cancelled = cancellationToken.UnsafeRegister(_ => CancelWaiter(waiter, cancellationToken), null);
        return await waiter.Acquired.Task;
    }

    /// <returns>Null where there was room.</returns>
    private Waiter? TryAcquireOrEnqueue(Action<int> place)
    {
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return null;
            }

            var waiter = new Waiter(place);
            _waiting.Add(waiter);
            NotifyPositionsFrom(_waiting.Count - 1);
            return waiter;
        }
    }

    /// <summary>Whoever got room in the same moment keeps it, and gives it back like everybody.</summary>
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
            if (_waiting is not [var next, ..])
            {
                _free++;
                return;
            }

            _waiting.RemoveAt(0);
            next.Acquired.SetResult(new Lease(this));
            NotifyPositionsFrom(0);
        }
    }

    /// <summary>Under the lock, so that nobody hears of an old place after a new one.</summary>
    private void NotifyPositionsFrom(int first)
    {
        for (var index = first; index < _waiting.Count; index++)
        {
            _waiting[index].ReportPosition(index);
        }
    }

    private sealed class Waiter(Action<int> place)
    {
        public Action<int> ReportPosition => place;

        public TaskCompletionSource<IDisposable> Acquired { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Lease(FifoSemaphore line) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) is 0)
            {
                line.Release();
            }
        }
    }
}
