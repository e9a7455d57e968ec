namespace GptImage2.Testing.Time;

/// <summary>A timer of <see cref="ManualTimeProvider"/>. Fires once; nothing here needs a period.</summary>
internal sealed class ManualTimer(ManualTimeProvider time, Action fire) : ITimer
{
    public DateTimeOffset? Due { get; set; }

    public void Fire() => fire();

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        time.Set(this, dueTime);
        return true;
    }

    public void Dispose() => time.Set(this, Timeout.InfiniteTimeSpan);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
