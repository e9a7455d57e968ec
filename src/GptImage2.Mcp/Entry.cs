using System.Collections;
using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Server;
using GptImage2.Mcp.Stdio;
using GptImage2.Mcp.Terminal;

namespace GptImage2.Mcp;

/// <summary>Reads the settings, then does what the command line says; without a command it serves stdio.</summary>
internal static class Entry
{
    private const int InvalidSettingsExitCode = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        var line = CommandLine.Split(args);
        if (line.Command is not [] && CommandLine.NeedsNoSettings(line.Command))
        {
            return await TerminalCommands.RunAsync(line.Command, null);
        }

        try
        {
            var settings = ServerConfiguration.Load(ReadEnvironment(), line.Switches, TimeProvider.System);
            if (HttpExecutable.IsNeeded(line.Command, settings))
            {
                return await HttpExecutable.RunAsync(args);
            }

            return line.Command is [] ? await StdioHost.RunAsync(settings) : await TerminalCommands.RunAsync(line.Command, settings);
        }
        catch (InvalidSettingsException wrong)
        {
            await Console.Error.WriteLineAsync($"{ServerDefinition.Name} cannot start:\n{wrong.Message}");
            return InvalidSettingsExitCode;
        }
    }

    private static Dictionary<string, string> ReadEnvironment()
    {
        var variables = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

        // Where names may differ in case only, as http_proxy and HTTP_PROXY often do, the one in capitals comes last and wins.
        foreach (var entry in Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().OrderByDescending(entry => (string)entry.Key, StringComparer.Ordinal))
        {
            variables[(string)entry.Key] = (string?)entry.Value ?? "";
        }

        return variables;
    }
}
