using GptImage2.Mcp.Http.Settings;
using Microsoft.AspNetCore.Http;

namespace GptImage2.Mcp.Http.Authorization;

/// <summary>What the server is called in OAuth: its address as its clients see it.</summary>
internal sealed class ResourceAddress(HttpOptions options)
{
    private const string MetadataPath = "/.well-known/oauth-protected-resource";

    /// <summary>The protected resource (RFC 8707), as in <c>https://images.example.com/mcp</c>.</summary>
    public string GetResource(HttpRequest request) => GetRoot(request) + HttpEndpoints.Mcp;

    /// <summary>Where its metadata is (RFC 9728).</summary>
    public string GetMetadataUrl(HttpRequest request) => GetRoot(request) + MetadataPath + HttpEndpoints.Mcp;

    /// <summary>Without a public address, that of the request, whose host was checked.</summary>
    public string GetRoot(HttpRequest request) => options.PublicUrl is { } known
        ? known.GetLeftPart(UriPartial.Path).TrimEnd('/')
        : $"{request.Scheme}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}";
}
