namespace GptImage2.Testing.Time;

/// <summary>The system's clock, on which short waits pass at once and count as having passed; timeouts stay what they are.</summary>
public sealed class HastyTimeProvider : TimeProvider
{
    /// <summary>A wait between two attempts is shorter, a timeout longer.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private long _skipped;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Volatile.Read(ref _skipped));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => System.GetElapsedTime(0).Ticks + Volatile.Read(ref _skipped);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime <= TimeSpan.Zero || dueTime > LongestWait)
        {
            return System.CreateTimer(callback, state, dueTime, period);
        }

        Interlocked.Add(ref _skipped, dueTime.Ticks);
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
