using GptImage2.Generation.Storage.Local.Sqlite;
using GptImage2.Imaging.Vips;
using Microsoft.Extensions.Hosting;

namespace GptImage2.Mcp.Http;

/// <summary>
/// A server that was busy and is not any more gives its memory back: once it has been quiet for a while, and only when much was
/// used since the last time. Without this the process keeps what its busiest minute took.
/// </summary>
internal sealed class IdleMemoryTrimmer(SqliteImageCatalog catalog, TimeProvider clock) : BackgroundService
{
    private const long Busy = 4 * 1024 * 1024;
    private const long Much = 32 * 1024 * 1024;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        var trimmed = GC.GetTotalAllocatedBytes();
        var last = trimmed;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = GC.GetTotalAllocatedBytes();
            if (now - last < Busy && now - trimmed > Much)
            {
                catalog.CloseIdleReaders();
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                PixelMemory.Trim();
                trimmed = now = GC.GetTotalAllocatedBytes();
            }

            last = now;
        }
    }
}
