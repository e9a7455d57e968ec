using System.Runtime.InteropServices;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Logging;
using GptImage2.Mcp.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using ModelContextProtocol.Server;

namespace GptImage2.Mcp.Stdio;

/// <summary>One client, one process. stdout carries the protocol and nothing else.</summary>
internal static class StdioHost
{
    private const int StandardOutput = 1;

    /// <summary>How long nothing may move once the client has closed its end and nothing billed is under way.</summary>
    private static readonly TimeSpan IdleGrace = TimeSpan.FromSeconds(1.5);

    /// <summary>The same before the first answer, which on a busy machine takes seconds.</summary>
    private static readonly TimeSpan StartupIdleGrace = TimeSpan.FromSeconds(15);

    /// <summary>For the server to end by itself before its handlers are cancelled.</summary>
    private static readonly TimeSpan FinalGrace = TimeSpan.FromMilliseconds(200);

    public static async Task<int> RunAsync(ServerSettings settings)
    {
        // Whatever a library prints by mistake goes where it does no harm.
        Console.SetOut(Console.Error);

        await using var services = new ServiceCollection().AddGptImage2Server(settings).AddServerLogging(settings.LogFile).BuildServiceProvider();
        var jobs = services.GetRequiredService<JobScheduler>();
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);

        services.GetRequiredService<TemplateValidator>().LogProblems();
        var clock = services.GetRequiredService<TimeProvider>();
        var loggers = services.GetRequiredService<ILoggerFactory>();
        var messages = new InFlightRequestCounter(clock);
        long? closed = null;

        await using var input = new GracefulStdinStream(Console.OpenStandardInput(), messages, EndAsync);
        await using var transport = new StreamServerTransport(input, OpenOutput(), ServerDefinition.Name, loggers);
        await using var server = McpServer.Create(transport, ServerDefinition.CreateOptions(services, messages.Filter), loggers, services);

        await RunAsync(server, stop.Token);
        await jobs.DrainAsync(Left());
        return 0;

        async Task EndAsync()
        {
            closed = clock.GetTimestamp();

            // Once its picture is there, the answer that shows it has as long as the picture had.
            var billed = false;
            await messages.WaitUntilIdleAsync(still => (billed |= jobs.IsBusy) ? Left() > TimeSpan.Zero : still < (messages.HasHandledNothing ? StartupIdleGrace : IdleGrace));
            jobs.Leave();
            stop.CancelAfter(FinalGrace);
        }

        TimeSpan Left() => closed is { } since && clock.GetElapsedTime(since) is var gone
            ? TimeSpan.FromTicks(Math.Max(0, (settings.Jobs.Drain - gone).Ticks))
            : settings.Jobs.Drain;

        void Stop(PosixSignalContext signal)
        {
            // Who asks twice does not want to wait for the picture.
            signal.Cancel = !stop.IsCancellationRequested;
            jobs.Leave();
            stop.Cancel();
        }
    }

    /// <summary>
    /// The console's own stream keeps quiet when nobody reads any more, and what nobody reads is not collected. Files are
    /// left to it, because stderr may lead to the same one.
    /// </summary>
    private static Stream OpenOutput()
    {
        if (!OperatingSystem.IsWindows())
        {
            var output = new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            if (!output.CanSeek)
            {
                return output;
            }
        }

        return Console.OpenStandardOutput();
    }

    private static async Task RunAsync(McpServer server, CancellationToken stop)
    {
        try
        {
            await server.RunAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // This is how the server is told to end.
            return;
        }
    }
}
