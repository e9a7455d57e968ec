using GptImage2.Mcp.Http.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace GptImage2.Mcp.Http.Security;

/// <summary>The hosts that a request may name: with any other, a web page has had its own name resolve to this machine (DNS rebinding).</summary>
internal static class AllowedHosts
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    public static IList<string> Get(HttpOptions options, IConfiguration kestrel) =>
    [
        .. Loopback
            .Concat(options.AllowedHosts)
            .Concat(options.PublicUrl is { Host: var host } ? [host] : [])
            .Concat(ListenPolicy.GetAddresses(options, kestrel).Select(BindingAddress.Parse).Where(IsNamed).Select(address => address.Host))
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>A wildcard and the address of every network name no host.</summary>
    private static bool IsNamed(BindingAddress address) =>
        !address.IsUnixPipe && !address.IsNamedPipe && address.Host is not ("*" or "+" or "0.0.0.0" or "[::]");
}
