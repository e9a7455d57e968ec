using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Storage.Local;
using Microsoft.Extensions.Logging;

namespace GptImage2.Generation.Jobs.Recovery;

/// <summary>Puts the store in order when it is first used, beside the answer: nobody waits for it.</summary>
public sealed partial class RecoveryService(JobScheduler board, IJobStore jobs, IImageCatalog catalog, OrphanRecovery leftovers, ServerInstanceRegistry processes, TimeProvider clock, ILogger<RecoveryService> logger) : IAsyncDisposable
{
    /// <summary>How long an ending process waits for it: what is left then is done at the next start.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _ending = new();
    private int _started;
    private Task _work = Task.CompletedTask;

    /// <summary>Begins, unless it has begun already.</summary>
    public void Start()
    {
        if (Interlocked.Exchange(ref _started, 1) is 0)
        {
            _work = Task.Run(RecoverAllAsync);
        }
    }

    /// <summary>Ends when the store is in order.</summary>
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
            await board.RecoverOrphansAsync(_ending.Token);
            var alive = (await jobs.ListUnfinishedAsync(_ending.Token)).Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
            foreach (var record in (await leftovers.AdoptUnknownAsync(alive, _ending.Token)).Concat(leftovers.ReadTemporaryRecords()))
            {
                await catalog.AddAsync(record, CancellationToken.None);
            }

            processes.RemoveDead();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The store is as it was; the next start tries again.
            LogFailed(failure);
        }
    }

    [LoggerMessage(LogLevel.Error, "The store could not be put in order")]
    private partial void LogFailed(Exception failure);
}
