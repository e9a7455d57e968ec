using GptImage2.Mcp.Http.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Mcp.Http.Authentication;

/// <summary>
/// Ends streams that were opened with a token which has been revoked or has expired since: they have no next request that
/// would be refused. Calls are answered to their end, because what they made is paid for.
/// </summary>
internal sealed class OpenStreams(TimeProvider clock, IServiceProvider services)
{
    /// <summary>How long a stream outlives its token at most.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Whether it stays open as long as its client wants to hear of changes.</summary>
    public static bool IsStream(HttpRequest request) => HttpMethods.IsGet(request.Method) || request.Headers["Mcp-Method"] == "subscriptions/listen";

    /// <summary>Middleware.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!IsStream(context.Request) || context.User.Identity?.IsAuthenticated is not true)
        {
            await next(context);
            return;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var watch = WatchAsync(context, ended.Token);
        try
        {
            await next(context);
        }
        finally
        {
            await ended.CancelAsync();
            await watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WatchAsync(HttpContext context, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(ended))
        {
            if (!IsValid(context))
            {
                context.Abort();
                return;
            }
        }
    }

    private bool IsValid(HttpContext context) =>
        !(Principal.GetExpiry(context.User) < clock.GetUtcNow())
        && (BearerToken.Read(context.Request) is not { IsNamed: true, Text: { } token }
            || services.GetService<NamedTokens>() is not { } tokens
            || tokens.FindName(token) is not null);
}
