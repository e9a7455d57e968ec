using GptImage2.Generation.Uploads;
using Microsoft.Extensions.Hosting;

namespace GptImage2.Mcp.Http.Transfers;

/// <summary>Removes expired uploads when the server starts, and then every few minutes.</summary>
internal sealed class UploadSweepService(UploadSweep sweep, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        do
        {
            await sweep.RunAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
