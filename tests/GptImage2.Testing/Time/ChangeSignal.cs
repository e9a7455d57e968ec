namespace GptImage2.Testing.Time;

/// <summary>Lets tests wait for a condition over something that changes, without a clock: whoever changes it raises this afterwards.</summary>
public sealed class ChangeSignal
{
    private volatile TaskCompletionSource _changed = Create();

    public void Raise() => Interlocked.Exchange(ref _changed, Create()).TrySetResult();

    /// <summary>Ends as soon as the condition holds; it is asked at once and after every change.</summary>
    /// <exception cref="OperationCanceledException">It did not hold in time.</exception>
    public async Task WaitUntilAsync(Func<bool> condition, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var changed = _changed.Task;
            if (condition())
            {
                return;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
