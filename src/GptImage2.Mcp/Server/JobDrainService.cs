using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GptImage2.Mcp.Server;

/// <summary>
/// Lets running jobs finish when the process ends, for as long as the settings say; then they are interrupted, and the
/// calls that wait for them are answered with that. Without a job nothing is waited for.
/// </summary>
/// <param name="services">For the jobs, when the end comes: at the start nobody needs them.</param>
internal sealed class JobDrainService(IServiceProvider services, JobOptions options, IHostApplicationLifetime application, TimeProvider clock) : IHostedService
{
    private readonly TaskCompletionSource _callsEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private Task? _draining;

    private JobScheduler Jobs => services.GetRequiredService<JobScheduler>();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        application.ApplicationStopping.Register(() => Jobs.BeginShutdown());
        return Task.CompletedTask;
    }

    /// <summary>No request arrives any more, so the time for jobs begins, those among them that calls have yet to start.</summary>
    public void Begin() => _ = BeginAsync();

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _callsEnded.TrySetResult();
        return BeginAsync();
    }

    private Task BeginAsync()
    {
        lock (_gate)
        {
            return _draining ??= DrainAsync();
        }
    }

    private async Task DrainAsync()
    {
        var start = clock.GetTimestamp();
        await Task.WhenAny(_callsEnded.Task, Task.Delay(options.Drain, clock));
        var left = options.Drain - clock.GetElapsedTime(start);
        await Jobs.DrainAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }
}
