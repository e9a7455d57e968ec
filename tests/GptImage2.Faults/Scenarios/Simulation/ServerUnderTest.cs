using GptImage2.Testing.Mcp;
using GptImage2.Testing.Time;

namespace GptImage2.Faults.Scenarios.Simulation;

/// <summary>A server process of a scenario, and when it ceased to be able to take anything in.</summary>
/// <param name="name">What it calls itself towards the service.</param>
/// <param name="drain">How long it may stay once its client has gone.</param>
internal sealed class ServerUnderTest(string name, ServerProcess server, TimeSpan drain, ScenarioLog timeline) : IAsyncDisposable
{
    /// <summary>Whether its last line may have been cut off.</summary>
    private bool _mayBeTruncated;

    public string Name => name;

    public ServerProcess Server => server;

    /// <summary>How long it took from its start to its first answer, which tells how slow everything is here and now.</summary>
    public TimeSpan StartupTime { get; private set; }

    /// <summary>From here on it may give its jobs up, or be no more.</summary>
    public DateTimeOffset? StopsAt { get; private set; }

    /// <summary>Whether it was killed, so that it could write nothing more down.</summary>
    public bool Killed { get; private set; }

    /// <summary>Whether it has ended and been seen off.</summary>
    public bool HasExited { get; private set; }

    /// <summary>When its client stopped listening.</summary>
    public DateTimeOffset? OutputClosedAt { get; private set; }

    public async Task InitializeAsync()
    {
        await server.InitializeAsync();
        StartupTime = server.Now;
    }

    public async Task EndAsync(CrashKind ending)
    {
        timeline.Add($"{name}: {ending}");
        switch (ending)
        {
            case CrashKind.Killed:
                (StopsAt, Killed, _mayBeTruncated) = (Min(ScenarioLog.Now), true, true);
                server.Kill();
                break;
            case CrashKind.Terminated:
                (StopsAt, _mayBeTruncated) = (Min(ScenarioLog.Now + drain), true);
                await server.TerminateAsync();
                break;
            case CrashKind.InputClosed:
                await CloseAsync();
                break;
            default:
                OutputClosedAt = ScenarioLog.Now;
                server.CloseOutput();
                break;
        }
    }

    /// <summary>Ends it as a client does that is done, if it lives, and waits until it is gone.</summary>
    public async Task ShutDownAsync()
    {
        if (StopsAt is null)
        {
            await CloseAsync();
        }

        try
        {
            var code = await server.ExitAsync(drain + TestTimeouts.Safety);
            timeline.Add($"{name}: exit {code}");
            if (code is not 0 && !Killed)
            {
                timeline.AddProblem($"{name} ended with {code}: {server.Stderr}");
            }
        }
        catch (OperationCanceledException)
        {
            timeline.AddProblem($"{name} is still running {drain + TestTimeouts.Safety} after its end began");
            server.Kill();
        }

        HasExited = true;
        if (server.FindInvalidLines().FirstOrDefault() is { } noise && !_mayBeTruncated && OutputClosedAt is null)
        {
            timeline.AddProblem($"{name} printed {noise}");
        }
    }

    /// <returns>The answer, or null when the server ended without one.</returns>
    public async Task<ToolReply?> TryCallAsync(string tool, JsonObject arguments)
    {
        try
        {
            return await server.CallAsync(tool, arguments);
        }
        catch (Exception gone) when (gone is EndOfStreamException or IOException or ObjectDisposedException)
        {
            timeline.Add($"{name}: no answer to {tool} ({gone.GetType().Name})");
            return null;
        }
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task CloseAsync()
    {
        StopsAt = Min(ScenarioLog.Now + drain);
        try
        {
            await server.CloseInputAsync();
        }
        catch (IOException gone)
        {
            timeline.Add($"{name}: {gone.Message}");
        }
    }

    private DateTimeOffset Min(DateTimeOffset moment) => StopsAt < moment ? StopsAt.Value : moment;
}
