using Microsoft.AspNetCore.Http;

namespace GptImage2.Mcp.Http.Streaming;

/// <summary>
/// Ends the response of a call that its client has cancelled by a notification. No answer comes any more (MCP, cancellation),
/// and the SDK would keep the response open until the client hangs up.
/// </summary>
internal sealed class CancelledCalls(IHttpContextAccessor requests)
{
    private static readonly object Item = new();

    /// <summary>Middleware: gives the request an end of its own.</summary>
    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var aborted = context.RequestAborted;

        // Not disposed: whoever cancels the call may come when the response has just ended.
        var ending = new CancellationTokenSource();
        await using var link = aborted.UnsafeRegister(_ => ending.Cancel(), null);
        context.Items[Item] = ending;
        context.RequestAborted = ending.Token;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException cancelled) when (ending.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            // What was sent so far is the whole response.
            _ = cancelled;
        }
        finally
        {
            context.RequestAborted = aborted;
        }
    }

    /// <summary>Sees a request end without an answer.</summary>
    public McpMessageHandler Filter(McpMessageHandler next) => async (context, cancellationToken) =>
    {
        try
        {
            await next(context, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && context.JsonRpcMessage is JsonRpcRequest)
        {
            (requests.HttpContext?.Items[Item] as CancellationTokenSource)?.Cancel();
            throw;
        }
    };
}
