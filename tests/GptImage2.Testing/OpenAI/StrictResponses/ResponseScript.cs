using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Testing.OpenAI.StrictResponses;

/// <summary>What becomes of one order. The default draws.</summary>
public sealed record ResponseScript
{
    public static ResponseScript Draws { get; } = new();

    /// <summary>It is over when it is asked about for this time: the first finds it queued, those between in progress.</summary>
    public int Polls { get; init; } = 3;

    /// <summary>It is not over before this ends, however often it is asked about.</summary>
    public Task Done { get; init; } = Task.CompletedTask;

    /// <summary>How it ends: completed, failed, incomplete or cancelled.</summary>
    public string Status { get; init; } = "completed";

    /// <summary>Whether there is an image in the end.</summary>
    public bool HasImage { get; init; } = true;

    /// <summary>The response's own error.</summary>
    public JsonObject? Error { get; init; }

    /// <summary>The error of the call of the tool.</summary>
    public JsonObject? ToolError { get; init; }

    public string? IncompleteReason { get; init; }

    /// <summary>What the language model writes.</summary>
    public string Words { get; init; } = "";

    /// <summary>What it writes as a refusal.</summary>
    public string? Refused { get; init; }

    /// <summary>Leaves out the usage of the tool, as the vendor may.</summary>
    public bool WithoutToolUsage { get; init; }

    /// <summary>Leaves out the usage of the language model.</summary>
    public bool WithoutUsage { get; init; }

    /// <summary>The order is refused with this, and nothing is made or billed.</summary>
    public (int Status, string Body, string? RetryAfter)? Refusal { get; init; }

    /// <summary>The connection breaks before anything is made.</summary>
    public bool LostBefore { get; init; }

    /// <summary>The response is made, and the connection breaks before it is told.</summary>
    public bool LostAfter { get; init; }

    /// <summary>The response is made, and its answer is cut off after so many bytes.</summary>
    public long? CutAnswerAfter { get; init; }

    /// <summary>The response is made, and this is told in its place; {id} stands for its id.</summary>
    public string? Answer { get; init; }

    /// <summary>The response is made, and told of when this ends.</summary>
    public Task AnswerSignal { get; init; } = Task.CompletedTask;

    public static ResponseScript Refuses(int status, string? code, string message, string type = "invalid_request_error", string? param = null, string? retryAfter = null) =>
        new() { Refusal = (status, new ApiError(status, message, type, param, code).ToJson(), retryAfter) };

    public static ResponseScript Fails(string code, string message) =>
        new() { Status = "failed", HasImage = false, Error = new JsonObject { ["code"] = code, ["message"] = message } };

    /// <summary>The safety system stops the tool.</summary>
    /// <param name="stage">input or output.</param>
    public static ResponseScript Blocks(string stage) => new()
    {
        HasImage = false,
        ToolError = new JsonObject
        {
            ["code"] = "moderation_blocked",
            ["message"] = "Your request was rejected by the safety system.",
            ["param"] = null,
            ["type"] = "image_generation_user_error",
            ["moderation_details"] = new JsonObject { ["moderation_stage"] = stage, ["categories"] = new JsonArray("violence") },
        },
    };
}

/// <summary>What happens to one question about a response. The default answers it.</summary>
public sealed record PollScript
{
    /// <summary>Answers so, and the response gets no further.</summary>
    public int? Status { get; init; }

    public string Body { get; init; } = "";

    public string? RetryAfter { get; init; }

    /// <summary>Breaks the connection.</summary>
    public bool Disconnect { get; init; }

    /// <summary>Cuts the answer off after so many bytes.</summary>
    public long? CutAfter { get; init; }

    public static PollScript Error(int status, string message = "Not now.", string? code = null, string? retryAfter = null) =>
        new() { Status = status, Body = new ApiError(status, message, "server_error", Code: code).ToJson(), RetryAfter = retryAfter };
}
