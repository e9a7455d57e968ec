using GptImage2.Generation.Requests;
using GptImage2.Mcp.Http.Authorization;
using GptImage2.Mcp.Http.Settings;
using Microsoft.AspNetCore.Http;

namespace GptImage2.Mcp.Http.Sessions;

/// <summary>Where the clients of the current request find this server.</summary>
internal sealed class PublicAddress(HttpOptions options, ResourceAddress address, IHttpContextAccessor http)
{
    public ServerAddress Get() => new(GetBaseUrl(), options.RequiresAuthentication);

    /// <summary>Work that outlives its request has no other address than the one to listen on.</summary>
    private string GetBaseUrl() => http.HttpContext?.Request is { } request ? address.GetRoot(request)
        : (options.PublicUrl?.AbsoluteUri ?? options.Urls[0]).TrimEnd('/');
}
