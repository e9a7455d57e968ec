namespace GptImage2.Backends.Scenario.Protocol;

/// <summary>Keeps all requests of a project below its limit a minute; those that wait are served in the order in which they came.</summary>
internal sealed class RequestPacer(int perMinute, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Queue<long> _sent = new();

    /// <summary>Ends when one more request may be sent.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_sent.Count >= perMinute)
            {
                var wait = Window - time.GetElapsedTime(_sent.Peek());
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, time, cancellationToken);
                }

                _sent.Dequeue();
            }

            _sent.Enqueue(time.GetTimestamp());
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
