namespace GptImage2.Mcp.Terminal.Interaction;

/// <summary>
/// Ctrl-C and SIGTERM as a token, so that a command ends in its own words. A second signal ends the process at once, whatever it is at.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>Shells add the number of the signal (POSIX shell command language, 2.8.2, and every shell since).</summary>
    private const int SignalBase = 128;

    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _exitCode;

    public StopSignals() => _registrations = [Register(PosixSignal.SIGINT, 2), Register(PosixSignal.SIGTERM, 15)];

    /// <summary>Triggered by the first of them.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>What a command that was stopped ends with; null unless it was.</summary>
    public int? ExitCode => Volatile.Read(ref _exitCode) is not 0 and var code ? code : null;

    public void Dispose()
    {
        Array.ForEach(_registrations, registration => registration.Dispose());
        _stop.Dispose();
    }

    private PosixSignalRegistration Register(PosixSignal signal, int number) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = Interlocked.CompareExchange(ref _exitCode, SignalBase + number, 0) is 0;
        if (context.Cancel)
        {
            _stop.Cancel();
        }
    });
}
