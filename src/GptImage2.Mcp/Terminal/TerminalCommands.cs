using System.CommandLine;
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
    public static async Task<int> RunAsync(IReadOnlyList<string> args, ServerSettings? settings)
    {
        await using var services = settings is null ? null : BuildServices(settings);
        var root = new RootCommand(
            "An MCP server that gives AI agents an image studio over GPT Image 2. Without a command it serves MCP over stdio: put it into your client's configuration (see the README). " +
            "Settings come from GPTIMAGE2_… variables, or as --section:key value.")
        {
            TryCommand.Create(services),
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
    private static Task<int> InvokeAsync(RootCommand root, IReadOnlyList<string> args, CancellationToken cancellationToken) =>
        root.Parse([.. args]).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false }, cancellationToken);

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
