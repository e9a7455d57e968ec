namespace GptImage2.Backends.Scenario.Protocol;

/// <summary>The time by the service's own clock: what it stamps on jobs can be compared with nothing else.</summary>
internal sealed class ServiceClock(TimeProvider time)
{
    private long _offset;

    /// <summary>Whether an answer has told it yet.</summary>
    public bool IsKnown { get; private set; }

    public DateTimeOffset Now => time.GetUtcNow().AddTicks(Volatile.Read(ref _offset));

    /// <param name="date">Of an answer, by its header; to the second.</param>
    public void Set(DateTimeOffset? date)
    {
        if (date is { } now)
        {
            Volatile.Write(ref _offset, (now - time.GetUtcNow()).Ticks);
            IsKnown = true;
        }
    }
}
