namespace GptImage2.Testing.Compatible;

/// <summary>How a server misbehaves at one request. The default changes nothing.</summary>
public sealed record ServerReply
{
    /// <summary>The request is looked at when this task ends.</summary>
    public Task Start { get; init; } = Task.CompletedTask;

    /// <summary>Does what was asked, and breaks the connection before any answer.</summary>
    public bool DropAfter { get; init; }

    /// <summary>Answers with this in place of the truth, without doing what was asked.</summary>
    public string? Body { get; init; }

    /// <summary>With <see cref="Body"/>: its status.</summary>
    public int Status { get; init; } = 200;

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Breaks the connection after this share of the answer, 0 to 1.</summary>
    public double? CutAt { get; init; }

    /// <summary>Ends the answer in good order after this share of it, 0 to 1.</summary>
    public double? TruncateAt { get; init; }

    /// <summary>Changes the true answer.</summary>
    public Func<string, string>? Change { get; init; }
}

/// <summary>What a server answers.</summary>
public sealed record ServerAnswer(int Status, string Type, byte[] Body)
{
    public static ServerAnswer Json(JsonNode json, int status = 200) => new(status, "application/json", Encoding.UTF8.GetBytes(json.ToJsonString()));

    public static ServerAnswer NotFound { get; } = new(404, "text/plain", "Not Found"u8.ToArray());
}

/// <summary>The server would not do it.</summary>
public sealed class ServerRefusalException(int status, JsonNode body) : Exception
{
    public ServerAnswer Answer { get; } = ServerAnswer.Json(body, status);
}
