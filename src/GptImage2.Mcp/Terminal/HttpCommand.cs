using System.CommandLine;
using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Http;
using GptImage2.Mcp.Http.Settings;

namespace GptImage2.Mcp.Terminal;

/// <summary>Serves MCP over HTTP.</summary>
internal static class HttpCommand
{
    /// <param name="settings">Null when only help is wanted.</param>
    public static Command Create(ServerSettings? settings)
    {
        var urls = new Option<string?>("--urls") { Description = $"Addresses to listen on, separated by semicolons, as in ASP.NET Core. Default: {HttpOptions.DefaultUrl}; any other machine's way in needs authentication (docs/http.md)." };
        var command = new Command("http", "Serve MCP over Streamable HTTP, for several clients, at /mcp.") { urls };
        command.SetAction((line, _) => HttpHost.RunAsync(line.GetValue(urls) is { } written
            ? settings! with { Http = settings.Http with { Urls = written.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) } }
            : settings!));
        return command;
    }
}
