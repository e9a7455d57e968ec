using System.Threading.RateLimiting;

namespace GptImage2.Backends.Scenario.Protocol;

/// <summary>Keeps all requests of a project below its limit a minute; those that wait are served in the order in which they came.</summary>
internal sealed class RequestPacer(int perMinute) : IDisposable
{
    private const int Segments = 12;

    private readonly SlidingWindowRateLimiter _limiter = new(new SlidingWindowRateLimiterOptions
    {
        PermitLimit = perMinute,
        Window = TimeSpan.FromMinutes(1),
        SegmentsPerWindow = Segments,
        QueueLimit = int.MaxValue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var lease = await _limiter.AcquireAsync(1, cancellationToken);
    }

    public void Dispose() => _limiter.Dispose();
}
