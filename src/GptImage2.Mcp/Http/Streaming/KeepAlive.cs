using Microsoft.AspNetCore.Http;

namespace GptImage2.Mcp.Http.Streaming;

/// <summary>Keeps proxies and clients from giving up on a call whose image takes its time.</summary>
internal sealed class KeepAlive(TimeProvider clock)
{
    /// <summary>Later than any refusal, whose HTTP status must still be free to choose; sooner than anybody loses patience.</summary>
    private static readonly TimeSpan FirstByte = TimeSpan.FromMilliseconds(500);

    /// <summary>Below the five seconds that are promised, because timers are late.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(4);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var response = context.Response;
        var original = response.Body;
        await using var body = new KeepAliveStream(original, () => response.ContentType is "text/event-stream", clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        response.Body = body;

        // A write that is cancelled would take the connection with it, so the end of the call only stops the next comment.
        var comments = body.RunAsync(FirstByte, Interval, ended.Token, context.RequestAborted);
        try
        {
            await next(context);
        }
        finally
        {
            await ended.CancelAsync();
            await comments.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            response.Body = original;
        }
    }
}
