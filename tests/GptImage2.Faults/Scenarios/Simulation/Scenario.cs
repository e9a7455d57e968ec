namespace GptImage2.Faults.Scenarios.Simulation;

/// <summary>What happens when, all of it decided by the seed; moments that depend on the machine are given by what they wait for.</summary>
internal sealed record Scenario
{
    public required int Seed { get; init; }

    /// <summary>Servers that share the store from the beginning.</summary>
    public required int Servers { get; init; }

    public required IReadOnlyList<PlannedCall> Calls { get; init; }

    /// <summary>How servers end that do not end quietly.</summary>
    public required IReadOnlyList<Crash> Crashes { get; init; }

    public required ScenarioSettings Settings { get; init; }

    /// <summary>Kilobytes that are free on the store's own small disk; null for the machine's.</summary>
    public int? FreeKilobytes { get; init; }

    /// <summary>How far the clock has jumped when the next servers start.</summary>
    public TimeSpan ClockJump { get; init; }

    /// <summary>Servers that start on the store afterwards.</summary>
    public required int ServersAfterRestart { get; init; }

    /// <summary>Calls that are made again afterwards, by their numbers.</summary>
    public required IReadOnlyList<int> RepeatedCalls { get; init; }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(Invariant($"seed {Seed}: {Servers} servers, {Settings}"));
        foreach (var call in Calls)
        {
            text.AppendLine(Invariant($"  {call}"));
        }

        foreach (var doom in Crashes)
        {
            text.AppendLine(Invariant($"  {doom}"));
        }

        text.Append(Invariant($"  then {ServersAfterRestart} servers, calls again: {(RepeatedCalls is [] ? "none" : string.Join(", ", RepeatedCalls))}"));
        text.Append(FreeKilobytes is { } room ? Invariant($", {room} kB of disk") : "");
        return text.Append(ClockJump == TimeSpan.Zero ? "" : Invariant($", clock {ClockJump.TotalHours:+0.##;-0.##} h")).ToString();
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

/// <summary>Settings of the first servers.</summary>
/// <param name="Wait">How long a call waits, in seconds.</param>
/// <param name="Timeout">How long the service may take, in seconds.</param>
/// <param name="Drain">In seconds.</param>
/// <param name="Abort">Whether a cancelled job is given up.</param>
internal sealed record ScenarioSettings(int Wait, int Timeout, int Drain, bool Stream, bool Abort)
{
    public override string ToString() =>
        FormattableString.Invariant($"wait {Wait} s, timeout {Timeout} s, drain {Drain} s{(Stream ? "" : ", no events")}{(Abort ? ", abort on cancel" : "")}");
}

/// <summary>A call of a client.</summary>
/// <param name="Number">From 0; calls of one number are the same call.</param>
/// <param name="At">Milliseconds after the first.</param>
/// <param name="Patience">Milliseconds until the client does what it does; ignored when it waits.</param>
internal sealed record PlannedCall(int Number, int Server, int At, CallKind Kind, FaultPlan Fault, ClientBehaviour Behaviour, int Patience, bool Fresh)
{
    public override string ToString() => FormattableString.Invariant(
        $"call {Number} to server {Server} at {At} ms: {Kind}{(Fresh ? " fresh" : "")}, {Fault}; the client {Behaviour switch { ClientBehaviour.Waits => "waits", _ => FormattableString.Invariant($"{Behaviour} at {Patience} ms") }}");
}

/// <summary>How a server ends.</summary>
/// <param name="Delay">Milliseconds after the moment.</param>
internal sealed record Crash(int Server, CrashKind Kind, CrashTrigger Trigger, int Delay)
{
    public override string ToString() => FormattableString.Invariant($"server {Server}: {Kind} {Delay} ms after {Trigger}");
}

internal enum CallKind
{
    Generate,
    Three,
    Resize,
    Cutout,
    Edit,
    Inpaint,
}

/// <summary>What the service does with the first request of a call; later ones of it meet fair weather.</summary>
/// <param name="Byte">Where in the answer, in bytes; -1 for its end.</param>
/// <param name="Amount">Milliseconds, or how often.</param>
internal sealed record FaultPlan(FaultKind Kind, long Byte = 0, int Amount = 0)
{
    public override string ToString() => Kind switch
    {
        FaultKind.Slow or FaultKind.SlowBody => FormattableString.Invariant($"{Kind} {Amount} ms"),
        FaultKind.Disconnect or FaultKind.StallUntilTimeout or FaultKind.Stall => FormattableString.Invariant($"{Kind} at byte {(Byte < 0 ? "last" : Byte)}"),
        FaultKind.RateLimited => FormattableString.Invariant($"{Amount} times 429"),
        _ => Kind.ToString(),
    };
}

internal enum FaultKind
{
    None,
    Slow,
    SlowBody,
    Disconnect,

    /// <summary>Stands still until the client gives up.</summary>
    StallUntilTimeout,

    /// <summary>Stands still until somebody dies of it.</summary>
    Stall,
    RateLimited,
    ServerError,
    BilledServerError,
}

internal enum ClientBehaviour
{
    Waits,
    Cancels,
    CancelsAndAsksAgain,
    AsksTwice,
}

internal enum CrashKind
{
    InputClosed,
    OutputClosed,
    Terminated,
    Killed,
}

internal enum CrashTrigger
{
    Start,
    FirstByteSent,
    Request,
    Stall,
    LastByte,
}
