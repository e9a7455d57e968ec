using GptImage2.Backends.OpenAI.Models;
using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Server;
using GptImage2.Mcp.Stdio;
using GptImage2.Mcp.Terminal;
using GptImage2.Mcp.Terminal.Doctor;
using Spectre.Console;

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
            return await TerminalCommands.RunAsync(line.Command, null, FindModel(line));
        }

        try
        {
            var settings = Load(line);
            if (HttpExecutable.IsNeeded(line.Command, settings))
            {
                return await HttpExecutable.RunAsync(args);
            }

            if (line.Command is not [])
            {
                return await TerminalCommands.RunAsync(line.Command, settings, settings.Backends.Model);
            }

            if (!Console.IsInputRedirected && !Console.IsErrorRedirected)
            {
                await Console.Error.WriteLineAsync($"{ServerDefinition.Name} waits for an MCP client on its input; {ServerDefinition.Name} --help says what can be typed. Ctrl-C ends it.");
            }

            return await StdioHost.RunAsync(settings);
        }
        catch (InvalidSettingsException wrong)
        {
            if (line.Command is ["doctor", ..] && line.Command.Contains("--json"))
            {
                await AnsiConsole.Console.Profile.Out.Writer.WriteLineAsync(DoctorReport.ForSettings(wrong.Problems).ToJson());
            }

            await Console.Error.WriteLineAsync($"{ServerDefinition.Name} cannot start:\n{wrong.Message}");
            return InvalidSettingsExitCode;
        }
    }

    private static ServerSettings Load(CommandLine line) => ServerConfiguration.Load(ShellEnvironment.Read(), line.Switches, TimeProvider.System);

    /// <summary>Help names what the model in use can, and comes all the same where the settings are wrong.</summary>
    private static string FindModel(CommandLine line)
    {
        try
        {
            return Load(line).Backends.Model;
        }
        catch (InvalidSettingsException)
        {
            return OpenAIModels.Default;
        }
    }
}
