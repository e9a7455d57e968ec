using System.Net;
using System.Net.Sockets;

namespace GptImage2.Backends.Downloads;

/// <summary>
/// Tells addresses of the public internet from all others, by IANA's registries of special-purpose addresses (RFC 6890 and
/// what followed). What embeds another address is as public as that one.
/// </summary>
internal static class PublicAddressFilter
{
    private static readonly IPNetwork[] SpecialPurposeV4 = ParseNetworks(
        "0.0.0.0/8", // this network
        "10.0.0.0/8", // private
        "100.64.0.0/10", // shared by customers of a carrier
        "127.0.0.0/8", // loopback
        "169.254.0.0/16", // link-local, with the metadata of clouds
        "172.16.0.0/12", // private
        "192.0.0.0/24", // protocol assignments
        "192.0.2.0/24", // documentation
        "192.31.196.0/24", // AS112
        "192.52.193.0/24", // AMT
        "192.88.99.0/24", // relays of 6to4
        "192.168.0.0/16", // private
        "192.175.48.0/24", // AS112
        "198.18.0.0/15", // benchmarking
        "198.51.100.0/24", // documentation
        "203.0.113.0/24", // documentation
        "168.63.129.16/32", // Azure's own service inside each machine
        "224.0.0.0/4", // multicast
        "240.0.0.0/4"); // reserved, and broadcast

    /// <summary>
    /// Inside what is global unicast; all that lies outside is special. Old ways to carry IPv4 in IPv6 lead wherever a relay
    /// likes, so these are refused even for public addresses.
    /// </summary>
    private static readonly IPNetwork[] SpecialPurposeV6 = ParseNetworks(
        "2001::/23", // protocol assignments, with Teredo and its likes
        "2001:db8::/32", // documentation
        "2002::/16", // 6to4
        "2620:4f:8000::/48", // AS112
        "3fff::/20"); // documentation

    private static readonly IPNetwork GlobalUnicastV6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Nat64Prefix = IPNetwork.Parse("64:ff9b::/96");

    public static bool IsPublic(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !Array.Exists(SpecialPurposeV4, network => network.Contains(address)),
        AddressFamily.InterNetworkV6 when address.ScopeId is not 0 => false,
        AddressFamily.InterNetworkV6 when address.IsIPv4MappedToIPv6 => IsPublic(address.MapToIPv4()),
        AddressFamily.InterNetworkV6 when Nat64Prefix.Contains(address) => IsPublic(ExtractEmbeddedV4(address, 12)),
        AddressFamily.InterNetworkV6 => IsGlobalV6(address),
        _ => false,
    };

    private static bool IsGlobalV6(IPAddress address) =>
        GlobalUnicastV6.Contains(address) && !IsIsatap(address) && !Array.Exists(SpecialPurposeV6, network => network.Contains(address));

    /// <summary>The last 64 bits say 0000:5efe or 0200:5efe and an IPv4 address.</summary>
    private static bool IsIsatap(IPAddress address) => address.GetAddressBytes() is [_, _, _, _, _, _, _, _, 0 or 2, 0, 0x5E, 0xFE, ..];

    private static IPAddress ExtractEmbeddedV4(IPAddress address, int from) => new(address.GetAddressBytes().AsSpan(from, 4));

    private static IPNetwork[] ParseNetworks(params string[] written) => [.. written.Select(IPNetwork.Parse)];
}
