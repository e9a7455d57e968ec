using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GptImage2.Mcp.Http.Security;

/// <summary>
/// Answers with 4xx what nobody can read: a body of another type, too large, cut short, or no message. The SDK lets most of
/// that pass as exceptions, each of which would be an error of the server to the client and a page of the log, in words that
/// the client chose. Whatever happens once a message has been read, the SDK answers itself.
/// </summary>
internal sealed partial class UnreadableMessages(ILogger<UnreadableMessages> logger)
{
    /// <summary>
    /// Of a message that may begin a session. What its client says of itself is kept as long as the session, also when that is
    /// one of very many; honest clients need a hundredth.
    /// </summary>
    private const long MaxHandshakeBytes = 64 * 1024;

    /// <summary>Middleware, right before the protocol.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (HttpMethods.IsPost(context.Request.Method) && !IsJson(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, "expected a body of Content-Type application/json in UTF-8 but received another.");
            return;
        }

        if (RequestLimits.MayBeginSession(context.Request) && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = Math.Min(limit.MaxRequestBodySize ?? long.MaxValue, MaxHandshakeBytes);
        }

        try
        {
            await next(context);
        }
        catch (Exception unreadable) when (!context.Response.HasStarted && FindStatus(unreadable) is not null)
        {
            // Its text may quote the body.
            LogUnreadable(unreadable.GetType().Name);
            context.Response.Headers.Clear();
            await RefuseAsync(context, FindStatus(unreadable)!.Value, "expected one JSON-RPC message but received a body that cannot be read as one.");
        }
    }

    private static bool IsJson(HttpRequest request) =>
        request.HasJsonContentType() && Microsoft.Net.Http.Headers.MediaTypeHeaderValue.Parse(request.ContentType).Charset.Value?.Trim('"') is null or "" or "utf-8" or "UTF-8";

    /// <summary>An object with the same key twice is an argument that is wrong; half a surrogate pair is an operation that is invalid.</summary>
    private static int? FindStatus(Exception failure) => failure switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        IOException or JsonException or ArgumentException or InvalidOperationException => StatusCodes.Status400BadRequest,
        _ => null,
    };

    private static Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        var error = new JsonRpcError { Error = new JsonRpcErrorDetail { Code = (int)McpErrorCode.InvalidRequest, Message = $"Bad request: {message}" } };
        return context.Response.WriteAsync(JsonSerializer.Serialize(error, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcError))), context.RequestAborted);
    }

    [LoggerMessage(LogLevel.Information, "A message could not be read: {Kind}")]
    private partial void LogUnreadable(string kind);
}
