using GptImage2.Mcp.Tools.Base;
using Microsoft.AspNetCore.Http;

namespace GptImage2.Mcp.Http.Sessions;

/// <summary>Notes with an HTTP request which tool it calls, for the log. Names that this server does not know could be anything, and are not noted.</summary>
internal static class CallNote
{
    private static readonly object Item = new();

    public static string? Find(HttpContext context) => context.Items[Item] as string;

    public static McpMessageFilter Create(IHttpContextAccessor requests, Func<ToolSet> tools) => next => (context, cancellationToken) =>
    {
        if (requests.HttpContext is { } request && ReadTool(context.JsonRpcMessage) is { } name)
        {
            request.Items[Item] = tools().Find(name) is null ? "unknown tool" : name;
        }

        return next(context, cancellationToken);
    };

    private static string? ReadTool(JsonRpcMessage message) =>
        message is JsonRpcRequest { Method: RequestMethods.ToolsCall, Params: JsonObject parameters } && parameters["name"] is JsonValue value && value.TryGetValue<string>(out var name) ? name : null;
}
