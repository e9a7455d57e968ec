using System.Text.Json.Nodes;
using GptImage2.Testing.Mcp;

namespace GptImage2.Faults.Scenarios;

/// <summary>A server process of a scenario, and when it ceased to be able to take anything in.</summary>
/// <param name="name">What it calls itself towards the service.</param>
/// <param name="drain">How long it may stay once its client has gone.</param>
internal sealed class Actor(string name, ServerProcess server, TimeSpan drain, Timeline timeline) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Whether its last line may have been cut off.</summary>
    private bool _cut;

    public string Name => name;

    public ServerProcess Server => server;

    /// <summary>From here on it may give its jobs up, or be no more.</summary>
    public DateTimeOffset? Limit { get; private set; }

    /// <summary>Whether it was killed, so that it could write nothing more down.</summary>
    public bool Killed { get; private set; }

    /// <summary>Whether it has ended and been seen off.</summary>
    public bool Gone { get; private set; }

    /// <summary>When its client stopped listening.</summary>
    public DateTimeOffset? DeafSince { get; private set; }

    public async Task EndAsync(Ending ending)
    {
        timeline.Note($"{name}: {ending}");
        switch (ending)
        {
            case Ending.Killed:
                (Limit, Killed, _cut) = (Earlier(Timeline.Now), true, true);
                server.Kill();
                break;
            case Ending.Terminated:
                (Limit, _cut) = (Earlier(Timeline.Now + drain), true);
                await server.TerminateAsync();
                break;
            case Ending.InputClosed:
                await CloseAsync();
                break;
            default:
                DeafSince = Timeline.Now;
                server.CloseOutput();
                break;
        }
    }

    /// <summary>Ends it as a client does that is done, if it lives, and waits until it is gone.</summary>
    public async Task LeaveAsync()
    {
        if (Limit is null)
        {
            await CloseAsync();
        }

        try
        {
            var code = await server.ExitAsync(drain + Patience);
            timeline.Note($"{name}: exit {code}");
            if (code is not 0 && !Killed)
            {
                timeline.Blame($"{name} ended with {code}: {server.Stderr}");
            }
        }
        catch (OperationCanceledException)
        {
            timeline.Blame($"{name} is still running {drain + Patience} after its end began");
            server.Kill();
        }

        Gone = true;
        if (server.Noise().FirstOrDefault() is { } noise && !_cut && DeafSince is null)
        {
            timeline.Blame($"{name} printed {noise}");
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
            timeline.Note($"{name}: no answer to {tool} ({gone.GetType().Name})");
            return null;
        }
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task CloseAsync()
    {
        Limit = Earlier(Timeline.Now + drain);
        try
        {
            await server.CloseInputAsync();
        }
        catch (IOException gone)
        {
            timeline.Note($"{name}: {gone.Message}");
        }
    }

    private DateTimeOffset Earlier(DateTimeOffset moment) => Limit < moment ? Limit.Value : moment;
}
