using GptImage2.Mcp.Http.Settings;
using Microsoft.AspNetCore.Http;

namespace GptImage2.Mcp.Http.Security;

/// <summary>
/// Refuses requests that a web page elsewhere makes its visitor's browser send (MCP 2025-11-25, Streamable HTTP, security
/// warning: an invalid Origin is answered with 403). Programs send no Origin.
/// </summary>
internal sealed class OriginFilter(HttpOptions options)
{
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (IsAllowed(context.Request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private bool IsAllowed(HttpRequest request) => request.Headers.Origin switch
    {
        [] => true,
        [{ } origin] => options.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase) || IsOwn(origin, request),
        _ => false,
    };

    /// <summary>The host was checked before. The scheme is not compared: behind a proxy the browser sees another one.</summary>
    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page)
        && (page.Scheme == Uri.UriSchemeHttp || page.Scheme == Uri.UriSchemeHttps)
        && page.AbsolutePath is "/"
        && request.Host is { HasValue: true } host
        && page.Host.Equals(host.Host, StringComparison.OrdinalIgnoreCase)
        && (page.IsDefaultPort ? host.Port is null or 80 or 443 : page.Port == host.Port);
}
