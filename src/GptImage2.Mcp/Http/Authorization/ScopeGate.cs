using System.Security.Claims;
using GptImage2.Mcp.Resources;
using GptImage2.Mcp.Server;
using Microsoft.AspNetCore.Http;

namespace GptImage2.Mcp.Http.Authorization;

/// <summary>
/// Holds every message to the scopes of the principal that sent it. The filter decides, on the message as the SDK has read it;
/// the middleware reads the body beforehand, with the SDK's own reader, so that clients also get the HTTP status that OAuth wants.
/// </summary>
internal sealed class ScopeGate(AccessRules rules, Scopes scopes, AccessResponses responses)
{
    /// <summary>Nothing that a principal lacks the scope for gets any further.</summary>
    public McpMessageHandler Filter(McpMessageHandler next) => (context, cancellationToken) =>
        context.JsonRpcMessage is JsonRpcRequest request && FindMissing(context.User, request) is { } missing
            ? throw new McpProtocolException(AccessResponses.Describe(missing), McpErrorCode.InvalidRequest)
            : next(context, cancellationToken);

    /// <summary>Hides what was spent from those who may not read it.</summary>
    public McpRequestHandler<ListResourcesRequestParams, ListResourcesResult> FilterResources(McpRequestHandler<ListResourcesRequestParams, ListResourcesResult> next) =>
        async (request, cancellationToken) =>
        {
            var listed = await next(request, cancellationToken);
            if (!scopes.Has(request.User, Scopes.Spending))
            {
                listed.Resources = [.. listed.Resources.Where(resource => resource.Uri is not SpendingResource.ResourceUri)];
            }

            return listed;
        };

    /// <summary>Middleware. Costs nothing for principals that may do everything.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (HttpMethods.IsPost(context.Request.Method) && scopes.IsRestricted(context.User) && await FindRefusalAsync(context) is var (request, missing))
        {
            await responses.RefuseScopeAsync(context, missing, request);
            return;
        }

        await next(context);
    }

    /// <returns>Null for what may be done, and for what the SDK refuses anyway.</returns>
    private async Task<(RequestId Request, string Missing)?> FindRefusalAsync(HttpContext context)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        try
        {
            (body.Position, context.Request.Body) = (0, body);
            if (await context.Request.ReadFromJsonAsync(McpJsonUtilities.DefaultOptions.GetTypeInfo<JsonRpcMessage>(), context.RequestAborted) is not JsonRpcRequest request)
            {
                return null;
            }

            ParamsNormalizer.Normalize(request);
            return FindMissing(context.User, request) is { } missing ? (request.Id, missing) : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or ArgumentException or McpException)
        {
            // The SDK says what is wrong with it, and the filter lets nothing through.
            return null;
        }
        finally
        {
            (body.Position, context.Request.Body) = (0, body);
        }
    }

    private string? FindMissing(ClaimsPrincipal? user, JsonRpcRequest request) =>
        scopes.IsRestricted(user) && rules.FindRequired(request) is { } right && Scopes.Get(right) is var scope && !scopes.Has(user, scope) ? scope : null;
}
