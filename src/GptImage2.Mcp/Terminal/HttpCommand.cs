using System.CommandLine;
using System.Diagnostics;
using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Http;
using GptImage2.Mcp.Http.Settings;
using GptImage2.Mcp.Server;

namespace GptImage2.Mcp.Terminal;

/// <summary>Serves MCP over HTTP.</summary>
internal static class HttpCommand
{
    public const string Name = "http";

    /// <param name="settings">Null when only help is wanted.</param>
    public static Command Create(ServerSettings? settings)
    {
        var urls = CreateUrlsOption();
        var command = new Command(Name, "Serve MCP over Streamable HTTP, for several clients, at /mcp.") { urls };
        command.SetAction((line, _) => !IncludedParts.Http ? throw new UnreachableException() : HttpHost.RunAsync(settings!.ListeningOn(line.GetValue(urls))));
        return command;
    }

    public static Option<string?> CreateUrlsOption() => new("--urls")
    {
        Description = $"Addresses to listen on, separated by semicolons, as in ASP.NET Core. Default: {HttpOptions.DefaultUrl}; any other machine's way in needs authentication (docs/http.md).",
    };

    /// <param name="settings">As the environment has them.</param>
    /// <param name="urls">As typed after --urls; null where it was not.</param>
    public static ServerSettings ListeningOn(this ServerSettings settings, string? urls) => urls is null
        ? settings
        : settings with { Http = settings.Http with { Urls = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) } };
}
