using GptImage2.Mcp.Http.Settings;
using GptImage2.Mcp.Server;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace GptImage2.Mcp.Http.Authorization;

/// <summary>How a request is refused that is from nobody known, or from somebody who may not: what to do, and nothing about why.</summary>
internal sealed class AccessResponses(HttpOptions options, Scopes scopes, ResourceAddress address) : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) => authorizeResult switch
    {
        { Challenged: true } => RefuseUnknownAsync(context),
        { Forbidden: true } => RefuseScopeAsync(context, policy.Requirements.OfType<ScopeRequirement>().FirstOrDefault()?.Scope ?? Scopes.Write, null),
        _ => next(context),
    };

    /// <summary>401, with where a token is to be had.</summary>
    private async Task RefuseUnknownAsync(HttpContext context)
    {
        // Known since the request came in: nothing is authenticated twice.
        var wasWrong = (await context.AuthenticateAsync()).Failure is not null;
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = FormatHeader(context.Request, wasWrong ? "invalid_token" : null, Scopes.All);
        var reason = wasWrong ? "This token is not known here, or has expired or been taken back." : "Send the header \"Authorization: Bearer TOKEN\".";
        await WriteTextAsync(context, $"{reason} {string.Join(' ', ListWays())}");
    }

    /// <summary>403, with the scopes to ask for: those that the principal has among them, so that the next token can do no less.</summary>
    /// <param name="request">The id of the JSON-RPC request, or null where there is none.</param>
    public Task RefuseScopeAsync(HttpContext context, string scope, RequestId? request)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.Headers.WWWAuthenticate = FormatHeader(context.Request, "insufficient_scope", [.. Scopes.All.Where(one => one == scope || scopes.Has(context.User, one))]);
        if (request is not { } id)
        {
            return WriteTextAsync(context, Describe(scope));
        }

        context.Response.ContentType = "application/json";
        var error = new JsonRpcError { Id = id, Error = new JsonRpcErrorDetail { Code = (int)McpErrorCode.InvalidRequest, Message = Describe(scope) } };
        return context.Response.WriteAsync(JsonSerializer.Serialize(error, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcError))), context.RequestAborted);
    }

    /// <summary>What a client reads that may not.</summary>
    public static string Describe(string scope) => $"This access token lacks the scope {scope}. Nothing was done; get a token that has it.";

    private IEnumerable<string> ListWays()
    {
        if (options.TokenFile is not null)
        {
            yield return $"The operator of this server makes tokens with: {ServerDefinition.Name} token new NAME.";
        }

        if (options.Authority is not null)
        {
            yield return "OAuth clients find the authorization server by the header WWW-Authenticate of this response.";
        }
    }

    private string FormatHeader(HttpRequest request, string? error, IEnumerable<string> wanted)
    {
        string?[] parts =
        [
            error is null ? null : $"error=\"{error}\"",
            options.Authority is null ? null : $"scope=\"{string.Join(' ', wanted)}\"",
            options.Authority is null ? null : $"resource_metadata=\"{address.GetMetadataUrl(request)}\"",
        ];
        return $"Bearer {string.Join(", ", parts.OfType<string>())}".TrimEnd();
    }

    private static Task WriteTextAsync(HttpContext context, string text)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
