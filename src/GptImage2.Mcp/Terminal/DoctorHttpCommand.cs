using System.CommandLine;
using System.Diagnostics;
using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Http.Exposure;
using GptImage2.Mcp.Server;

namespace GptImage2.Mcp.Terminal;

/// <summary>Says what <c>http</c> would expose to whom, and what to do where that is not safe. The server is not started.</summary>
internal static class DoctorHttpCommand
{
    /// <param name="settings">Null when only help is wanted.</param>
    public static Command Create(ServerSettings? settings)
    {
        var urls = HttpCommand.CreateUrlsOption();
        var command = new Command("http", "Explain what the server over HTTP exposes to whom. Starts nothing; asks the OAuth authority, where there is one, for its metadata.") { urls };
        command.SetAction((line, cancellationToken) => !IncludedParts.Http
            ? throw new UnreachableException()
            : RunAsync(settings!.ListeningOn(line.GetValue(urls)), line.InvocationConfiguration.Output, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ServerSettings settings, TextWriter output, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        var findings = await new ExposureReport(settings, new AuthorityCheck(http)).CreateAsync(cancellationToken);
        foreach (var finding in findings)
        {
            await output.WriteLineAsync(finding.ToString());
        }

        var unsafeOnes = findings.Count(finding => finding.Remedy is not null);
        await output.WriteLineAsync(unsafeOnes is 0 ? "Nothing unsafe was found." : $"{unsafeOnes} of {findings.Count} findings are not safe; the lines above say what to do.");
        return unsafeOnes is 0 ? 0 : 1;
    }
}
