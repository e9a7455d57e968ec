namespace GptImage2.Testing.Time;

/// <summary>A clock that stands still until it is told to move, and lets tests wait for somebody to wait.</summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(TimeSpan Within, TaskCompletionSource<TimeSpan> Set)> _waiting = [];
    private DateTimeOffset _now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock and fires what is due, in order.</summary>
    public void Advance(TimeSpan by)
    {
        var end = GetUtcNow() + by;
        while (NextUntil(end) is { } next)
        {
            next.Fire();
        }
    }

    /// <summary>Ends when a timer is set that fires within so long, with the time until then.</summary>
    public Task<TimeSpan> TimerWithinAsync(TimeSpan within)
    {
        var set = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Add((within, set));
        }

        Tell();
        return set.Task;
    }

    internal void Set(ManualTimer timer, TimeSpan dueTime)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            timer.Due = dueTime < TimeSpan.Zero ? null : _now + dueTime;
            if (timer.Due is not null)
            {
                _timers.Add(timer);
            }
        }

        Tell();
    }

    /// <summary>Moves the clock to the next timer that is due, or to the end.</summary>
    private ManualTimer? NextUntil(DateTimeOffset end)
    {
        lock (_lock)
        {
            var next = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            _now = next?.Due ?? end;
            return next is not null && _timers.Remove(next) ? next : null;
        }
    }

    private void Tell()
    {
        lock (_lock)
        {
            var soonest = _timers.Min(timer => timer.Due) - _now;
            foreach (var (_, set) in _waiting.Where(w => soonest <= w.Within))
            {
                set.TrySetResult(soonest!.Value);
            }
        }
    }
}
