using System.Collections.Concurrent;

namespace GptImage2.Generation.Jobs.Scheduling;

/// <summary>
/// Lets at most <see cref="JobOptions.Concurrency"/> renders of one backend run at once in this process, so that agents
/// that work side by side do not run into a service's rate limit together. First come, first served.
/// </summary>
public sealed class BackendConcurrencyLimiter(JobOptions options)
{
    private readonly ConcurrentDictionary<string, FifoSemaphore> _semaphores = new(StringComparer.Ordinal);

    /// <summary>Waits until the backend has room.</summary>
    /// <param name="backend">Its name; backends do not wait for each other.</param>
    /// <param name="place">
    /// Hears how many wait before this one: at once where it must wait, and then whenever it changes; never again once it
    /// may render or was cancelled. It must be quick, and must not throw or enter.
    /// </param>
    /// <returns>The room; dispose it when the render is over, however it ended.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nobody behind lost anything by it.</exception>
    public Task<IDisposable> AcquireAsync(string backend, Action<int> place, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(place);
        return _semaphores.GetOrAdd(backend, _ => new FifoSemaphore(options.Concurrency)).AcquireAsync(place, cancellationToken);
    }
}
