using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Testing.OpenAI.Responses;

/// <summary>How the stand-in answers one request. The default does what the vendor does when all is well.</summary>
public sealed record ScriptedResponse
{
    public static ScriptedResponse Images { get; } = new();

    /// <summary>Waits before the answer begins. For tests that must be slow; others use <see cref="StartSignal"/>.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The answer begins when this task ends, so that a test needs no clock.</summary>
    public Task StartSignal { get; init; } = Task.CompletedTask;

    /// <summary>With <see cref="Body"/>: the status. Legal requests only; an illegal one is refused as the vendor would.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Answers with exactly this instead of images.</summary>
    public string? Body { get; init; }

    public string BodyType { get; init; } = "application/json";

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Sends the body in pieces of this many bytes, each flushed; 0 for large ones.</summary>
    public int ChunkSize { get; init; }

    /// <summary>Waits this long between pieces.</summary>
    public TimeSpan ChunkPause { get; init; }

    /// <summary>Breaks the connection after this many bytes of the body; 0 before there is any answer.</summary>
    public long? DropAfter { get; init; }

    /// <summary>Stands still after this many bytes of the body; all of them when it has fewer.</summary>
    public long? StallAfter { get; init; }

    /// <summary>Goes on when this task ends.</summary>
    public Task StallEnd { get; init; } = Task.CompletedTask;

    /// <summary>With <see cref="Body"/>: it is billed all the same.</summary>
    public bool IsBilled { get; init; }

    /// <summary>Draws so many images whatever was asked.</summary>
    public int? Count { get; init; }

    /// <summary>Sends so many previews whatever was asked.</summary>
    public int? Previews { get; init; }

    /// <summary>Leaves out the event: lines, as some relays do.</summary>
    public bool WithoutEventNames { get; init; }

    /// <summary>Ends the event stream without its last event.</summary>
    public bool WithoutCompleted { get; init; }

    /// <summary>The answer ends only when this task does, though all of it has been written.</summary>
    public Task EndSignal { get; init; } = Task.CompletedTask;

    /// <summary>Answers with plain JSON even when events were asked for.</summary>
    public bool IgnoreStream { get; init; }

    /// <summary>An error in the vendor's form.</summary>
    public static ScriptedResponse Error(int status, string? code, string message, string type = "invalid_request_error", string? param = null) =>
        new() { Status = status, Body = new ApiError(status, message, type, param, code).ToJson() };

    /// <summary>A rate limit that asks to wait.</summary>
    public static ScriptedResponse RateLimit(string? retryAfter = null) => Error(429, "rate_limit_exceeded", "Rate limit reached for images per minute.", "requests") with
    {
        Headers = retryAfter is null ? new Dictionary<string, string>() : new() { ["Retry-After"] = retryAfter },
    };

    /// <summary>Breaks the connection without a word.</summary>
    public static ScriptedResponse Disconnect { get; } = new() { DropAfter = 0 };
}
