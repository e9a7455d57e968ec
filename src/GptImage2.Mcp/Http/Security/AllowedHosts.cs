using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
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
            .Concat(ListenPolicy.GetAddresses(options, kestrel).Select(BindingAddress.Parse).SelectMany(GetHosts))
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>A wildcard, and the address of every network, stand for the addresses and the name of this machine: no web page can have those for its own.</summary>
    private static IEnumerable<string> GetHosts(BindingAddress address) => address switch
    {
        { IsUnixPipe: true } or { IsNamedPipe: true } => [],
        { Host: "*" or "+" or "0.0.0.0" or "[::]" } => [Environment.MachineName, .. GetOwnAddresses()],
        _ => [address.Host],
    };

    private static string[] GetOwnAddresses()
    {
        try
        {
            return
            [
                .. from network in NetworkInterface.GetAllNetworkInterfaces()
                   from address in network.GetIPProperties().UnicastAddresses
                   where !IPAddress.IsLoopback(address.Address) && !address.Address.IsIPv6LinkLocal
                   select address.Address.AddressFamily is AddressFamily.InterNetworkV6 ? $"[{address.Address}]" : address.Address.ToString(),
            ];
        }
        catch (NetworkInformationException forbidden)
        {
            // A sandbox may forbid the question; then the operator names the hosts.
            _ = forbidden;
            return [];
        }
    }
}
