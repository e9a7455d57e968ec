using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GptImage2.Testing.Time;

/// <summary>A clock that stands until it is moved, and lets a test wait until the code under test waits.</summary>
public sealed class WatchedTimeProvider() : FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero))
{
    private readonly ConcurrentDictionary<WatchedTimer, DateTimeOffset> _due = new();
    private readonly ChangeSignal _armed = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WatchedTimer(this, base.CreateTimer(callback, state, dueTime, period));
        Note(timer, dueTime);
        return timer;
    }

    /// <summary>Ends when a timer is armed that fires within so long, with the time until then.</summary>
    public async Task<TimeSpan> TimerWithinAsync(TimeSpan within)
    {
        TimeSpan? soonest = null;
        await _armed.WaitUntilAsync(() => (soonest = Soonest()) <= within, TestContext.Current.CancellationToken);
        return soonest!.Value;
    }

    /// <summary>Null when nothing waits; what was due has fired.</summary>
    private TimeSpan? Soonest()
    {
        var now = GetUtcNow();
        return _due.Values.Where(due => due > now).Select(due => (TimeSpan?)(due - now)).Min();
    }

    private void Note(WatchedTimer timer, TimeSpan dueTime)
    {
        _due[timer] = dueTime == Timeout.InfiniteTimeSpan ? DateTimeOffset.MinValue : GetUtcNow() + dueTime;
        _armed.Raise();
    }

    private sealed class WatchedTimer(WatchedTimeProvider time, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = timer.Change(dueTime, period);
            time.Note(this, dueTime);
            return changed;
        }

        public void Dispose()
        {
            timer.Dispose();
            time._due.TryRemove(this, out _);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
