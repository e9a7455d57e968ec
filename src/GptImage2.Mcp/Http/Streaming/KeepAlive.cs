using Microsoft.AspNetCore.Http;

namespace GptImage2.Mcp.Http.Streaming;

/// <summary>Keeps proxies and clients from giving up on a call whose image takes its time.</summary>
internal sealed class KeepAlive(TimeProvider clock)
{
    /// <summary>Later than any refusal, whose HTTP status must still be free to choose; sooner than anybody loses patience.</summary>
    private static readonly TimeSpan FirstByte = TimeSpan.FromMilliseconds(700);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var response = context.Response;
        var original = response.Body;
        await using var body = new KeepAliveStream(original, () => response.ContentType is "text/event-stream", clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        response.Body = body;
        var comments = body.RunAsync(FirstByte, Interval, ended.Token);
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
