namespace GptImage2.Testing.Scenario.Protocol;

/// <summary>How the stand-in misbehaves at one request. The default changes nothing.</summary>
public sealed record ScenarioReply
{
    /// <summary>The request is looked at when this task ends.</summary>
    public Task Start { get; init; } = Task.CompletedTask;

    /// <summary>Breaks the connection before anything is done.</summary>
    public bool DropBefore { get; init; }

    /// <summary>Does what was asked, and breaks the connection before any answer.</summary>
    public bool DropAfter { get; init; }

    /// <summary>Answers with this in place of the truth.</summary>
    public string? Body { get; init; }

    /// <summary>With <see cref="Body"/>: its status.</summary>
    public int Status { get; init; } = 200;

    /// <summary>With <see cref="Body"/>: does what was asked all the same.</summary>
    public bool IsDone { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Breaks the connection after this share of the answer, 0 to 1.</summary>
    public double? CutAt { get; init; }

    /// <summary>Ends the answer in good order after this share of it, 0 to 1.</summary>
    public double? TruncateAt { get; init; }

    /// <summary>Changes the true answer.</summary>
    public Action<JsonObject>? Change { get; init; }

    /// <summary>A refusal in Scenario's usual form.</summary>
    public static ScenarioReply Refuse(int status, string reason) => Refuse(status, new JsonObject { ["reason"] = reason, ["trace_id"] = "trace_0123" });

    public static ScenarioReply Refuse(int status, JsonObject body) => new() { Status = status, Body = body.ToJsonString() };
}
