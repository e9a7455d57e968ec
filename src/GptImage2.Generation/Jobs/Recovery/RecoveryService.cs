using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Storage.Local;

namespace GptImage2.Generation.Jobs.Recovery;

/// <summary>Recovers what earlier processes left when the store is first used, in the background: no call waits for it.</summary>
public sealed partial class RecoveryService(
    JobRecovery recovery,
    IJobStore jobs,
    IImageCatalog catalog,
    OrphanRecovery orphans,
    ServerInstanceRegistry instances,
    TimeProvider clock,
    ILogger<RecoveryService> logger) : IAsyncDisposable
{
    /// <summary>How long an ending process waits for it; the next start does the rest.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _ending = new();
    private int _started;
    private Task _work = Task.CompletedTask;

    /// <summary>Whether it has begun.</summary>
    public bool HasStarted => Volatile.Read(ref _started) is not 0;

    /// <summary>Starts, unless it has started already.</summary>
    public void Start()
    {
        if (Interlocked.Exchange(ref _started, 1) is 0)
        {
            _work = Task.Run(RecoverAllAsync);
        }
    }

    /// <summary>Completes when everything has been recovered.</summary>
    public Task WaitForCompletionAsync() => _work;

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Task.WhenAny(_work, Task.Delay(ShutdownTimeout, clock));
        _ending.Dispose();
    }

    private async Task RecoverAllAsync()
    {
        try
        {
            await recovery.RecoverOrphansAsync(_ending.Token);
            var unfinished = (await jobs.ListUnfinishedAsync(_ending.Token)).Select(record => record.Id).ToHashSet(StringComparer.Ordinal);
            var adopted = await orphans.AdoptUnknownAsync(unfinished, job => jobs.FindOwnerAsync(job, _ending.Token), _ending.Token);
            foreach (var record in adopted.Concat(orphans.ReadTemporaryRecords()))
            {
                await catalog.AddAsync(record, CancellationToken.None);
            }

            instances.RemoveDead();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The store is as it was; the next start tries again.
            LogFailed(failure);
        }
    }

    [LoggerMessage(LogLevel.Error, "Recovery of what earlier processes left failed")]
    private partial void LogFailed(Exception failure);
}
