using GptImage2.Generation.Jobs;

namespace GptImage2.Mcp.Results;

/// <summary>What a tool returns, before it is decided in which form the client gets it.</summary>
internal sealed record ToolResponse
{
    /// <summary>For the model: short, and complete enough to act on.</summary>
    public required string Text { get; init; }

    /// <summary>Images and links, after the text.</summary>
    public IReadOnlyList<ContentBlock> Blocks { get; init; } = [];

    /// <summary>The same for programs, satisfying the tool's output schema; null for a tool without one.</summary>
    public JsonObject? Structured { get; init; }

    public bool IsError { get; init; }

    /// <summary>Why there is no job; null where there is one, or nothing failed.</summary>
    public FailureCode? FailureCode { get; init; }

    /// <summary>The job that this reports, or null.</summary>
    public JobSnapshot? Job { get; init; }

    public static ToolResponse FromFailure(Failure failure) => new() { Text = FailureText.Format(failure), IsError = true };
}
