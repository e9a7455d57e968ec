using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GptImage2.Mcp.Http.Operations;

/// <summary>
/// For load balancers, containers and systemd: <c>/health/live</c>, whether the process answers, and <c>/health/ready</c>,
/// whether calls can be served. They come before everything that asks who and which host is meant, because probes name a
/// bare address and have no token.
/// </summary>
internal static class HealthEndpoints
{
    public const string Ready = "/health/ready";
    private const string Live = "/health/live";

    public static bool IsHealth(string path) => path is Live or Ready;

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<ReadinessCheck>().AddHealthChecks().AddCheck<ReadinessCheck>("ready");
        return services;
    }

    public static void UseHealth(this IApplicationBuilder application)
    {
        application.UseHealthChecks(Live, new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync });
        application.UseHealthChecks(Ready, new HealthCheckOptions { ResponseWriter = WriteAsync });
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var body = new JsonObject { ["status"] = report.Status is HealthStatus.Healthy ? "ok" : "unavailable" };
        if (report.Entries.Values.Select(entry => entry.Description).OfType<string>().FirstOrDefault() is { } missing)
        {
            body["missing"] = missing;
        }

        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }
}
