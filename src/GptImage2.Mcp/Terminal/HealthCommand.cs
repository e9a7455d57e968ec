using System.CommandLine;
using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Http.Operations;
using GptImage2.Mcp.Server;

namespace GptImage2.Mcp.Terminal;

/// <summary>Asks a server over HTTP whether it can serve: for containers, whose images have neither a shell nor curl.</summary>
/// <param name="http">Which gives up by itself.</param>
internal sealed partial class HealthCommand(HttpClient http, TextWriter output)
{
    private const int Unhealthy = 1;

    /// <summary>Less than a container's runtime gives the command.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <param name="settings">Null when only help is wanted.</param>
    public static Command Create(ServerSettings? settings, TextWriter output)
    {
        Argument<string?> url = new("url") { Description = "The server's address. Default: the first that http would listen on.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("health", "Ask a server over HTTP whether it can serve; the exit code is 0 or 1.") { url };
        command.SetAction(async (line, cancellationToken) =>
        {
            // A proxy for the way out is not one to this machine.
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
            return await new HealthCommand(http, output).RunAsync(line.GetValue(url) ?? ToReachable(settings!.Http.Urls[0]).AbsoluteUri, cancellationToken);
        });
        return command;
    }

    /// <summary>An address to listen on, as one to ask: every address of this machine is also its loopback one.</summary>
    public static Uri ToReachable(string listening)
    {
        var url = new UriBuilder(EveryAddress.Replace(listening, "$1localhost"));
        if (url.Host is "0.0.0.0" or "[::]")
        {
            url.Host = url.Host is "[::]" ? "[::1]" : "127.0.0.1";
        }

        return url.Uri;
    }

    /// <returns>0 when it can serve, else 1.</returns>
    private async Task<int> RunAsync(string url, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
        {
            await output.WriteLineAsync($"url: expected an http or https address but received \"{url}\".");
            return Unhealthy;
        }

        try
        {
            using var answer = await http.GetAsync(new Uri(server, HealthEndpoints.Ready), cancellationToken);
            await output.WriteLineAsync(await answer.Content.ReadAsStringAsync(cancellationToken));
            return answer.IsSuccessStatusCode ? 0 : Unhealthy;
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            await output.WriteLineAsync($"{ServerDefinition.Name} does not answer at {server}: {failure.Message}");
            return Unhealthy;
        }
    }

    /// <summary>What ASP.NET Core takes for every address, and no URI can name.</summary>
    [GeneratedRegex(@"^(https?://)[*+](?=[:/]|$)")]
    private static partial Regex EveryAddress { get; }
}
