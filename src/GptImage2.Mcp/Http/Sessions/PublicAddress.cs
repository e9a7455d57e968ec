using GptImage2.Generation.Requests;
using GptImage2.Mcp.Http.Settings;
using Microsoft.AspNetCore.Http;

namespace GptImage2.Mcp.Http.Sessions;

/// <summary>Where clients find this server: as the operator says, else as the request names it, whose host was checked.</summary>
internal sealed class PublicAddress(HttpOptions options, IHttpContextAccessor http)
{
    public ServerAddress Get() => new(GetBaseUrl(), options.RequiresAuthentication);

    private string GetBaseUrl() => (options.PublicUrl, http.HttpContext?.Request) switch
    {
        ({ } address, _) => address.AbsoluteUri.TrimEnd('/'),
        (_, { Host.HasValue: true } request) => $"{request.Scheme}://{request.Host}{request.PathBase}",
        _ => options.Urls[0].TrimEnd('/'),
    };
}
