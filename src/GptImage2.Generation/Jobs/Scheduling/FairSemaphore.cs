namespace GptImage2.Generation.Jobs.Scheduling;

/// <summary>
/// A semaphore that serves owners round robin, first in, first out within an owner, and reports each waiter's position.
/// Each owner has one turn in a round; who comes anew joins the round that is being served, before everybody who has had a
/// turn in it, and never gains by leaving and coming back (start-time fair queueing with equal weights).
/// </summary>
internal sealed class FairSemaphore(int slots)
{
    private readonly Lock _gate = new();

    /// <summary>Those who wait, and those who have had a turn in a round that is yet to come.</summary>
    private readonly Dictionary<string, Queue> _queues = new(StringComparer.Ordinal);

    /// <summary>In the order in which they will be served as things stand.</summary>
    private List<Waiter> _waiting = [];
    private int _free = slots;
    private long _round;
    private long _queuesOpened;

    public async Task<IDisposable> AcquireAsync(string owner, Action<int> onPosition, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = new Waiter(owner, onPosition);
        lock (_gate)
        {
            Enqueue(waiter);
            if (!TryServeNext())
            {
                UpdateOrder();
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
            if (_queues.TryGetValue(waiter.Owner, out var queue) && queue.Waiters.Remove(waiter))
            {
                waiter.Acquired.SetCanceled(cancellationToken);
                UpdateOrder();
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

    private void Enqueue(Waiter waiter)
    {
        if (!_queues.TryGetValue(waiter.Owner, out var queue))
        {
            _queues[waiter.Owner] = queue = new Queue();
        }

        if (queue.Waiters is [])
        {
            (queue.Round, queue.Number) = (Math.Max(queue.Round, _round), _queuesOpened++);
        }

        queue.Waiters.Add(waiter);
        _waiting.Add(waiter);
    }

    private bool TryServeNext()
    {
        if (_free is 0 || _waiting is not [var next, ..])
        {
            return false;
        }

        _free--;
        var queue = _queues[next.Owner];
        queue.Waiters.RemoveAt(0);
        _round = queue.Round++;
        next.Acquired.SetResult(new Lease(this));
        UpdateOrder();
        return true;
    }

    /// <summary>Under the lock, so that positions are reported in order.</summary>
    private void UpdateOrder()
    {
        foreach (var (owner, _) in _queues.Where(entry => entry.Value.Waiters is [] && entry.Value.Round <= _round).ToArray())
        {
            _queues.Remove(owner);
        }

        // The waiters of one queue are in it one round apart.
        _waiting =
        [
            .. _queues.Values
                .SelectMany(queue => queue.Waiters.Select((waiter, index) => (Waiter: waiter, Round: queue.Round + index, queue.Number)))
                .OrderBy(turn => turn.Round)
                .ThenBy(turn => turn.Number)
                .Select(turn => turn.Waiter),
        ];
        for (var index = 0; index < _waiting.Count; index++)
        {
            _waiting[index].Report(index);
        }
    }

    /// <summary>An owner's waiters.</summary>
    private sealed class Queue
    {
        public List<Waiter> Waiters { get; } = [];

        /// <summary>In which round the first of them has its turn.</summary>
        public long Round { get; set; }

        /// <summary>Who began to wait first comes first in a round.</summary>
        public long Number { get; set; }
    }

    private sealed class Waiter(string owner, Action<int> onPosition)
    {
        private int? _reported;

        public string Owner => owner;

        public TaskCompletionSource<IDisposable> Acquired { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Report(int position)
        {
            if (_reported != position)
            {
                _reported = position;
                onPosition(position);
            }
        }
    }

    private sealed class Lease(FairSemaphore semaphore) : IDisposable
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
