namespace GptImage2.Generation.Jobs.Scheduling;

/// <summary>
/// Lets at most <see cref="JobOptions.Concurrency"/> renders of one backend run at once in this process, so that agents
/// that work in parallel do not exceed a service's rate limit together. Owners take turns.
/// </summary>
public sealed class BackendConcurrencyLimiter(JobOptions options)
{
    private readonly ConcurrentDictionary<string, FairSemaphore> _semaphores = new(StringComparer.Ordinal);

    /// <summary>Waits until the backend has a free slot and it is this one's turn.</summary>
    /// <param name="backend">Its name; backends do not wait for each other.</param>
    /// <param name="owner">Whose job it is; an owner's own jobs are served in the order in which they came.</param>
    /// <param name="onPosition">
    /// Receives how many wait before this one: at once where it must wait, and then whenever that changes, which may be upwards
    /// when another owner comes; never again once it has its slot or was cancelled. It must be quick, and must not throw or acquire.
    /// </param>
    /// <returns>The slot; dispose it when the render is over, however it ended.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public Task<IDisposable> AcquireAsync(string backend, string owner, Action<int> onPosition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(onPosition);
        return _semaphores.GetOrAdd(backend, _ => new FairSemaphore(options.Concurrency)).AcquireAsync(owner, onPosition, cancellationToken);
    }
}
