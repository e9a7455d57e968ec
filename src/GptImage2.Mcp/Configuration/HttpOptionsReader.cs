using System.Net;
using GptImage2.Mcp.Http.Settings;

namespace GptImage2.Mcp.Configuration;

/// <summary>Reads the settings of the HTTP server.</summary>
internal static class HttpOptionsReader
{
    private const long Megabyte = 1024 * 1024;

    public static HttpOptions Read(SettingReader read)
    {
        var defaults = new HttpOptions();
        var (publicUrl, audience) = (read.GetNullableUrl("Http:PublicUrl"), read.GetText("Http:Audience"));
        return new HttpOptions
        {
            Urls = read.GetList("Http:Urls") ?? defaults.Urls,
            PublicUrl = publicUrl,
            AllowedHosts = read.GetList("Http:AllowedHosts") ?? [],
            AllowedOrigins = ReadOrigins(read),
            Proxies = ReadProxies(read),
            TokenFile = read.GetFile("Http:Tokens"),
            Authority = ReadAuthority(read, isAudienceKnown: audience is not null || publicUrl is not null),
            Audience = audience,
            MaxRequestBytes = read.GetInteger("Http:MaxRequestMegabytes", (int)(defaults.MaxRequestBytes / Megabyte), 1, 1024) * Megabyte,
            MaxCalls = read.GetInteger("Http:MaxCalls", defaults.MaxCalls, 1, 10_000),
            MaxSessions = read.GetInteger("Http:MaxSessions", defaults.MaxSessions, 1, 10_000),
            MaxUploadBytes = read.GetInteger("Http:UploadMegabytes", (int)(defaults.MaxUploadBytes / Megabyte), 1, 512) * Megabyte,
            LinkLifetime = TimeSpan.FromHours(read.GetInteger("Http:LinkHours", (int)defaults.LinkLifetime.TotalHours, 1, 24 * 365)),
            SessionIdle = TimeSpan.FromMinutes(read.GetInteger("Http:SessionIdleMinutes", (int)defaults.SessionIdle.TotalMinutes, 1, 24 * 60)),
        };
    }

    /// <summary>A token that was issued for another server must not open this one, so it has to be known what this one is called.</summary>
    private static Uri? ReadAuthority(SettingReader read, bool isAudienceKnown) => read.GetNullableUrl("Http:Authority") switch
    {
        { } authority when authority.Scheme != Uri.UriSchemeHttps && !authority.IsLoopback =>
            read.AddProblem<Uri?>("Http:Authority", "an https address, because whoever can change its answers can make tokens,", authority.OriginalString, null),
        { } when !isAudienceKnown => read.AddProblem<Uri?>(
            "Http:Audience", $"what access tokens are issued for, because {SettingNames.ToVariable("Http:Authority")} is set and {SettingNames.ToVariable("Http:PublicUrl")} is not,", "", null),
        var authority => authority,
    };

    private static IReadOnlyList<string> ReadOrigins(SettingReader read) =>
        read.GetList("Http:AllowedOrigins") is not { } origins ? []
        : origins.All(origin => Uri.TryCreate(origin, UriKind.Absolute, out var url) && url.GetLeftPart(UriPartial.Authority) == origin.TrimEnd('/')) ? [.. origins.Select(origin => origin.TrimEnd('/'))]
        : read.AddProblem<IReadOnlyList<string>>("Http:AllowedOrigins", "origins of web pages separated by ;, as in https://studio.example.com,", string.Join(';', origins), []);

    private static IReadOnlyList<string> ReadProxies(SettingReader read) =>
        read.GetList("Http:Proxies") is not { } proxies ? []
        : proxies.All(proxy => IPNetwork.TryParse(proxy, out _) || IPAddress.TryParse(proxy, out _)) ? proxies
        : read.AddProblem<IReadOnlyList<string>>("Http:Proxies", "addresses or networks of proxies separated by ;, as in 10.0.0.0/8;127.0.0.1,", string.Join(';', proxies), []);
}
