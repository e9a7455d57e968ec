using System.Net;
using GptImage2.Mcp.Http.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace GptImage2.Mcp.Http.Security;

/// <summary>Decides whether the server may listen where it was told to: without authentication only this machine may reach it.</summary>
internal static class ListenPolicy
{
    /// <returns>Why the server may not start, with what to do; null where it may.</returns>
    public static string? FindProblem(HttpOptions options, IConfiguration kestrel)
    {
        string[] exposed = [.. GetAddresses(options, kestrel).Where(address => !IsLocal(address))];
        return exposed is [] || options.RequiresAuthentication ? null
            : $"""
            Other machines can reach {string.Join(" and ", exposed)}, and nobody is asked who they are. Turn authentication on, or listen on 127.0.0.1:
              named tokens: GPTIMAGE2_HTTP__TOKENS=/absolute/path/of/the/file, and {ServerName} token new NAME
              OAuth:        GPTIMAGE2_HTTP__AUTHORITY=https://the.authorization.server and GPTIMAGE2_HTTP__PUBLICURL=https://the.address.of.this.server
            """;
    }

    /// <summary>Kestrel's own endpoints replace the addresses, as in ASP.NET Core.</summary>
    public static IReadOnlyList<string> GetAddresses(HttpOptions options, IConfiguration kestrel)
    {
        string[] endpoints = [.. kestrel.GetSection("Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>()];
        return endpoints is [] ? options.Urls : endpoints;
    }

    public static bool IsLocal(string address) =>
        BindingAddress.Parse(address) is var binding
        && (binding.IsUnixPipe || binding.IsNamedPipe || binding.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(binding.Host, out var ip) && IPAddress.IsLoopback(ip)));

    private const string ServerName = Server.ServerDefinition.Name;
}
