namespace GptImage2.Mcp.Http.Settings;

/// <summary>Where the HTTP server listens, who may come in, and how much each may ask for at once.</summary>
internal sealed record HttpOptions
{
    public const string DefaultUrl = "http://127.0.0.1:7823";

    /// <summary>Addresses to listen on, as ASP.NET Core writes them.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [DefaultUrl];

    /// <summary>The server's address as its clients see it, for links; null for the one that each request names.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Hosts that a request may name besides this machine's own, without ports; <c>*.example.com</c> stands for every host below it.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Origins of web pages that may call the server from a browser, besides its own.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Addresses or networks (CIDR) of reverse proxies whose X-Forwarded headers are believed.</summary>
    public IReadOnlyList<string> Proxies { get; init; } = [];

    /// <summary>Absolute path of the file of named tokens, or null.</summary>
    public string? TokenFile { get; init; }

    /// <summary>The OAuth authorization server whose access tokens are accepted, or null.</summary>
    public Uri? Authority { get; init; }

    /// <summary>What an access token must have been issued for (RFC 8707); null for the server's own address.</summary>
    public string? Audience { get; init; }

    /// <summary>Largest JSON-RPC request in bytes.</summary>
    public long MaxRequestBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Calls of one principal that may be answered at the same time.</summary>
    public int MaxCalls { get; init; } = 128;

    /// <summary>Sessions and open streams that one principal may have.</summary>
    public int MaxSessions { get; init; } = 128;

    /// <summary>How long a session without any request is kept.</summary>
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Largest image that may be uploaded, in bytes.</summary>
    public long MaxUploadBytes { get; init; } = 50L * 1024 * 1024;

    /// <summary>How long a link to an image works.</summary>
    public TimeSpan LinkLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Whether every request must say who it is from.</summary>
    public bool RequiresAuthentication => TokenFile is not null || Authority is not null;
}
