using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using GptImage2.Backends.OpenAI.Models;
using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Logging;
using GptImage2.Mcp.Server;
using GptImage2.Mcp.Terminal.Clients;
using GptImage2.Mcp.Terminal.Config;
using GptImage2.Mcp.Terminal.Doctor;
using GptImage2.Mcp.Terminal.Interaction;
using GptImage2.Mcp.Terminal.Models;
using GptImage2.Mcp.Terminal.Try;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace GptImage2.Mcp.Terminal;

/// <summary>What a person can do from a terminal. Serving stdio never comes here.</summary>
internal static partial class TerminalCommands
{
    /// <param name="args">The command line without configuration switches.</param>
    /// <param name="settings">Null for what needs none: help, the version, and setting a client up.</param>
    /// <param name="model">Whose values the help names.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, ServerSettings? settings, string model)
    {
        settings = args is [TryCommand.Name, ..] ? settings?.TrustingWorkingFolder() : settings;
        await using var services = settings is null ? null : BuildServices(settings);
        var root = new RootCommand(
            "An MCP server that gives AI agents an image studio over GPT Image 2, OpenAI's model of images. Without a command it serves MCP over stdio: put it into your client's configuration (see the README). " +
            "Settings come from GPTIMAGE2_… variables, or as --section:key value.")
        {
            TryCommand.Create(services, OpenAIModels.Resolve(model)),
            CreateDoctor(services, settings),
            ConfigCommand.Create(() => ConfigCommand.ForTerminal(AnsiConsole.Console.Profile.Out.Writer)),
            HttpCommand.Create(settings),
            HealthCommand.Create(settings, AnsiConsole.Console.Profile.Out.Writer),
            ModelCommand.Create(settings is null ? null : () => ModelCommand.ForTerminal(settings, AnsiConsole.Console.Profile.Out.Writer)),
            TokenCommand.Create(settings is null ? null : () => new TokenCommand(settings, AnsiConsole.Console.Profile.Out.Writer, Console.Error)),
        };

        root.Options.OfType<VersionOption>().Single().Action = new VersionAction(AnsiConsole.Console.Profile.Out.Writer);
        // The server ends by itself when it is signalled, and takes its time.
        using var signals = args is [HttpCommand.Name, ..] ? null : new StopSignals();
        try
        {
            var code = await InvokeAsync(root, args, signals?.Token ?? default);
            return signals?.ExitCode ?? code;
        }
        catch (OperationCanceledException) when (signals?.ExitCode is not null)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return signals.ExitCode.Value;
        }
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException)
        {
            // Commands explain their own files: what is left is where they print.
            await Console.Error.WriteLineAsync($"The output cannot be written ({unwritten.Message})");
            return 1;
        }
        catch (Exception bug) when (bug is not (OperationCanceledException or InvalidSettingsException))
        {
            await Console.Error.WriteLineAsync($"{ServerDefinition.Name} met an error of its own: {bug.Message} ({bug.GetType().Name}). {ServerDefinition.Name} doctor checks this machine; the log has the details.");
            services?.GetService<ILoggerFactory>()?.CreateLogger(nameof(TerminalCommands)).LogCommandFailed(bug);
            return 1;
        }
    }

    [LoggerMessage(LogLevel.Error, "A command hit a bug")]
    private static partial void LogCommandFailed(this ILogger logger, Exception bug);

    /// <summary>Signals are ours, and settings that cannot be used are explained by who called this.</summary>
    private static async Task<int> InvokeAsync(RootCommand root, IReadOnlyList<string> args, CancellationToken cancellationToken)
    {
        var parsed = root.Parse([.. args]);
        if (parsed.Action is not ParseErrorAction)
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false }, cancellationToken);
        }

        string[] path = [.. ListCommands(parsed.CommandResult).Reverse()];
        foreach (var error in parsed.Errors.Select(error => error.Message).Distinct())
        {
            await Console.Error.WriteLineAsync(error);
        }

        var known = parsed.CommandResult.Command.Subcommands.Select(command => command.Name).Concat(parsed.CommandResult.Command.Options.Select(option => option.Name)).ToArray();
        var near = string.Concat(parsed.UnmatchedTokens.Take(1).Select(word => NearNames.Describe(word, known)));
        await Console.Error.WriteLineAsync($"{near} {string.Join(' ', path.Prepend(ServerDefinition.Name))} --help tells all.".TrimStart());
        return 1;
    }

    private static IEnumerable<string> ListCommands(CommandResult command)
    {
        for (var result = command; result is { Command: not RootCommand }; result = result.Parent as CommandResult)
        {
            yield return result.Command.Name;
        }
    }

    private static Command CreateDoctor(IServiceProvider? services, ServerSettings? settings)
    {
        var doctor = DoctorCommand.Create(services, settings, AnsiConsole.Console.Profile.Out.Writer);
        doctor.Add(DoctorHttpCommand.Create(settings));
        return doctor;
    }

    private static ServiceProvider BuildServices(ServerSettings settings) => new ServiceCollection()
        .AddGptImage2Server(settings)
        .AddServerLogging(settings.Logging)
        .AddSingleton(AnsiConsole.Console)
        .AddSingleton(_ => LaunchCommand.FromThisProcess())
        .AddSingleton<TryReport>()
        .AddSingleton<TryCommand>()
        .BuildServiceProvider();
}
