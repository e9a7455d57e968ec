namespace GptImage2.Generation.Jobs;

/// <summary>Those who render at one backend, and those who wait for it in the order they came.</summary>
/// <param name="room">How many may render at once.</param>
internal sealed class RenderLine(int room)
{
    private readonly Lock _gate = new();
    private readonly List<Waiter> _waiting = [];
    private int _free = room;

    /// <inheritdoc cref="RenderGate.EnterAsync"/>
    public async Task<IDisposable> EnterAsync(Action<int> place, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (TakeOrQueue(place) is not { } waiter)
        {
            return new Room(this);
        }

        await using var cancelled = cancellationToken.UnsafeRegister(_ => GiveUp(waiter, cancellationToken), null);
        return await waiter.Room.Task;
    }

    /// <returns>Null where there was room.</returns>
    private Waiter? TakeOrQueue(Action<int> place)
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
            TellFrom(_waiting.Count - 1);
            return waiter;
        }
    }

    /// <summary>Whoever got room in the same moment keeps it, and gives it back like everybody.</summary>
    private void GiveUp(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_waiting.IndexOf(waiter) is >= 0 and var index)
            {
                _waiting.RemoveAt(index);
                waiter.Room.SetCanceled(cancellationToken);
                TellFrom(index);
            }
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            if (_waiting is not [var next, ..])
            {
                _free++;
                return;
            }

            _waiting.RemoveAt(0);
            next.Room.SetResult(new Room(this));
            TellFrom(0);
        }
    }

    /// <summary>Under the lock, so that nobody hears of an old place after a new one.</summary>
    private void TellFrom(int first)
    {
        for (var index = first; index < _waiting.Count; index++)
        {
            _waiting[index].Place(index);
        }
    }

    private sealed class Waiter(Action<int> place)
    {
        public Action<int> Place => place;

        public TaskCompletionSource<IDisposable> Room { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Room(RenderLine line) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) is 0)
            {
                line.Leave();
            }
        }
    }
}
