using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Http.Security;
using GptImage2.Mcp.Http.Settings;
using Microsoft.AspNetCore.Http;

namespace GptImage2.Mcp.Http.Exposure;

/// <summary>What a server with these settings exposes to whom.</summary>
internal sealed class ExposureReport(ServerSettings settings, AuthorityCheck authority)
{
    private HttpOptions Http => settings.Http;

    private IReadOnlyList<string> Addresses => ListenPolicy.GetAddresses(Http, settings.Kestrel);

    public async Task<IReadOnlyList<Finding>> CreateAsync(CancellationToken cancellationToken) =>
    [
        .. Addresses.Select(DescribeAddress),
        DescribeAuthentication(),
        .. Http.TokenFile is { } file ? [TokenFileCheck.Run(file)] : (Finding[])[],
        .. Http.Authority is { } issuer ? [await authority.RunAsync(issuer, cancellationToken)] : (Finding[])[],
        new("hosts", $"requests may name {string.Join(", ", AllowedHosts.Get(Http, settings.Kestrel))}; the health checks answer any"),
        DescribeOrigins(),
        DescribeProxies(),
        DescribeEncryption(),
        new("limits", $"each principal: {Http.MaxCalls} calls at once, {Http.MaxSessions} sessions and open streams; requests up to {Http.MaxRequestBytes / 1024 / 1024} MB; sessions end after {Http.SessionIdle.TotalMinutes:0} idle minutes"),
        new("uploads", $"up to {Http.MaxUploadBytes / 1024 / 1024} MB each"),
        new("links", $"who has a link to an image needs no token, for {Http.LinkLifetime.TotalHours:0.##} hours"),
        DescribeCaps(),
        new("files", settings.Roots.Shared is [] ? "no folder is shared; callers give no paths and see none" : $"every caller may read the images below {string.Join(" and ", settings.Roots.Shared)}"),
    ];

    private Finding DescribeAddress(string address) => ListenPolicy.IsLocal(address)
        ? new Finding("address", $"{address}: this machine only")
        : Http.RequiresAuthentication
            ? new Finding("address", $"{address}: other machines reach it, and must say who they are")
            : new Finding("address", $"{address}: other machines reach it, and nobody is asked who they are", "The server refuses to start so. Turn authentication on (GPTIMAGE2_HTTP__TOKENS and token new NAME, or GPTIMAGE2_HTTP__AUTHORITY), or listen on 127.0.0.1.");

    private Finding DescribeAuthentication() => (Http.TokenFile, Http.Authority) switch
    {
        (null, null) => new Finding("callers", "everybody who can reach it, without a token, as the owner \"local\""),
        (not null, null) => new Finding("callers", "who has one of the named tokens"),
        (null, { } issuer) => new Finding("callers", $"who has an access token of {issuer}"),
        (not null, { } issuer) => new Finding("callers", $"who has one of the named tokens or an access token of {issuer}"),
    };

    private Finding DescribeOrigins() => Http.AllowedOrigins is []
        ? new Finding("origins", "no web page but the server's own")
        : new Finding("origins", $"web pages of {string.Join(", ", Http.AllowedOrigins)}");

    private Finding DescribeProxies() => Http.Proxies switch
    {
        [] => new Finding("proxies", "none is believed"),
        var proxies when proxies.Any(proxy => proxy.EndsWith("/0", StringComparison.Ordinal)) => new Finding(
            "proxies", $"{string.Join(", ", proxies)}: anybody may say which address and host a request has", "Name the addresses of your proxies alone in GPTIMAGE2_HTTP__PROXIES."),
        var proxies => new Finding("proxies", $"{string.Join(", ", proxies)} may say which address and host a request has"),
    };

    /// <summary>A proxy in front is taken to speak TLS where the public address says so.</summary>
    private Finding DescribeEncryption()
    {
        string[] open = [.. Addresses.Where(address => !ListenPolicy.IsLocal(address) && BindingAddress.Parse(address).Scheme is not "https")];
        return open is [] ? new Finding("TLS", Addresses.All(address => ListenPolicy.IsLocal(address)) ? "not needed on this machine; a proxy in front of it must have it" : "every address that others reach has it")
            : Http is { PublicUrl.Scheme: "https", Proxies: not [] } ? new Finding("TLS", $"that of the proxy at {Http.PublicUrl}; let nothing else reach {string.Join(", ", open)}")
            : new Finding(
                "TLS", $"{string.Join(", ", open)} has none: who listens on the network reads tokens and images",
                "Put a proxy with TLS in front (docs/http.md) and set GPTIMAGE2_HTTP__PROXIES and GPTIMAGE2_HTTP__PUBLICURL=https://…, or give Kestrel a certificate.");
    }

    private Finding DescribeCaps()
    {
        var spending = settings.Spending;
        var caps = $"{Describe(spending.PerCallUsd)} a call, {Describe(spending.DailyUsd)} a day";
        return !settings.Backends.Bills || spending is { PerCallUsd: not null, DailyUsd: not null }
            ? new Finding("spending", $"{caps}{(!settings.Backends.Bills ? "; no key, so nothing is spent" : "")}")
            : new Finding("spending", $"{caps}: callers may spend without end", "Set GPTIMAGE2_SPENDING__PERCALLUSD and GPTIMAGE2_SPENDING__DAILYUSD.");

        static string Describe(decimal? usd) => usd is { } cap ? $"at most ${cap:0.00}" : "no cap";
    }
}
