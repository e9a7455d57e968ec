using GptImage2.Generation.Jobs.Recovery;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Storage.Local;
using GptImage2.Mcp.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace GptImage2.Mcp.Http.Operations;

/// <summary>
/// Whether calls can be served: the catalog opens and is up to date, images can be written, the backend has what it needs,
/// and what earlier processes left is being recovered. Nothing is asked of the service, and nobody who asks learns more
/// than which of these is missing.
/// </summary>
internal sealed class ReadinessCheck(
    ServerSettings settings, IImageCatalog catalog, BackendRegistry backends, RecoveryService recovery, IHostApplicationLifetime application, TimeProvider clock) : IHealthCheck, IDisposable
{
    /// <summary>Anybody may ask, as often as they like; the disk is asked once in so long.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _checking = new(1, 1);
    private (long At, HealthCheckResult Result)? _last;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (application.ApplicationStopping.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("shutting down");
        }

        await _checking.WaitAsync(cancellationToken);
        try
        {
            if (_last is not var (at, result) || clock.GetElapsedTime(at) > Freshness)
            {
                result = await CheckAsync(cancellationToken);
                _last = (clock.GetTimestamp(), result);
            }

            return result;
        }
        finally
        {
            _checking.Release();
        }
    }

    public void Dispose() => _checking.Dispose();

    private async Task<HealthCheckResult> CheckAsync(CancellationToken cancellationToken)
    {
        string?[] problems =
        [
            await TryAsync("catalog", () => catalog.ListAsync(Caller.Local.Owner, new ImageQuery { Limit = 1 }, cancellationToken)),
            await TryAsync("store", () => StoreProbe.RunAsync(settings.Storage.Root, cancellationToken)),
            backends.Default.IsConfigured ? null : "backend",
            recovery.HasStarted ? null : "recovery",
        ];
        return problems.OfType<string>().ToArray() is { Length: > 0 } missing ? HealthCheckResult.Unhealthy(string.Join(", ", missing)) : HealthCheckResult.Healthy();
    }

    private static async Task<string?> TryAsync(string name, Func<Task> check)
    {
        try
        {
            await check();
            return null;
        }
        catch (Exception failure) when (failure is ImageException or IOException or UnauthorizedAccessException)
        {
            return name;
        }
    }
}
