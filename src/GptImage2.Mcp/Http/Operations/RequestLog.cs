using GptImage2.Mcp.Http.Sessions;
using GptImage2.Mcp.Http.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Hosting;

namespace GptImage2.Mcp.Http.Operations;

/// <summary>
/// One line a request: what was asked for, by whom, with which result, in what time. Never a query, which may sign a link,
/// nor a header or a body.
/// </summary>
internal static class RequestLog
{
    /// <summary>Of the log's lines; ours are written at Information.</summary>
    public const string Source = "Serilog.AspNetCore";

    private const string Template = "{Method} {Path} {Call} by {Owner} answered {Status} after {Milliseconds} ms";

    /// <summary>The parts of a line are there even where nothing logs.</summary>
    public static IServiceCollection AddRequestLog(this IServiceCollection services) => services
        .AddSingleton(new DiagnosticContext(Logger.None))
        .AddSingleton<IDiagnosticContext>(provider => provider.GetRequiredService<DiagnosticContext>());

    public static void UseRequestLog(this WebApplication application)
    {
        application.UseSerilogRequestLogging(log =>
        {
            log.Logger = application.Services.GetService<Serilog.ILogger>() ?? Logger.None;
            log.MessageTemplate = Template;
            log.GetLevel = (context, _, failure) => (failure, context.Response.StatusCode) switch
            {
                _ when HealthEndpoints.IsHealth(context.Request.Path.Value ?? "") => LogEventLevel.Debug,
                (not null, _) or (_, >= 500) => LogEventLevel.Error,
                _ => LogEventLevel.Information,
            };
            log.GetMessageTemplateProperties = GetProperties;
        });
        application.Use(next => context => EndQuietlyAsync(context, next));
    }

    /// <summary>A client that leaves, or ends its session, before the end of a response is no failure of the server's.</summary>
    private static async Task EndQuietlyAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.Response.HasStarted)
        {
            // What was sent so far is the whole response.
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
    }

    private static IEnumerable<LogEventProperty> GetProperties(HttpContext context, string path, double milliseconds, int status) =>
    [
        new("Method", new ScalarValue(context.Request.Method)),

        // As it is escaped in an address, so that no path can begin a line of its own.
        new("Path", new ScalarValue(context.Request.Path.ToUriComponent())),
        new("Call", new ScalarValue(CallNote.Find(context) ?? "-")),
        new("Owner", new ScalarValue(GetOwner(context))),
        new("Status", new ScalarValue(status)),
        new("Milliseconds", new ScalarValue(Math.Round(milliseconds))),
    ];

    private static string GetOwner(HttpContext context) => context.User.Identity?.IsAuthenticated is true
        ? string.Concat((context.User.FindFirst(Principal.OwnerClaim)?.Value ?? "nobody").Where(letter => !char.IsControl(letter)))
        : context.RequestServices.GetRequiredService<HttpOptions>().RequiresAuthentication ? "nobody" : Principal.GetOwner(null);
}
