using System.Text.Json;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Requests;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tools;

/// <summary>One tool: what the client sees of it, and what it does. It translates and does nothing else.</summary>
internal interface ITool
{
    /// <summary>Name, texts and schemas. Asked for once, when a client first lists or calls tools.</summary>
    Tool GetDefinition();

    /// <summary>Rules across arguments that a schema cannot say. Sees every argument that has the right type, even out of range.</summary>
    IEnumerable<Violation> Validate(Caller caller, ArgumentValidationResult arguments) => [];

    Task<ToolResponse> CallAsync(ToolCall call, CancellationToken cancellationToken);

    /// <summary>How this tool tells that it could not even start.</summary>
    ToolResponse CreateErrorResponse(Failure failure) => ToolResponse.FromFailure(failure);
}

/// <summary>One call, its arguments checked.</summary>
/// <param name="Arguments">A JSON object that satisfies the tool's schema.</param>
/// <param name="Progress">Hears of the job while the call waits.</param>
internal sealed record ToolCall(Caller Caller, JsonElement Arguments, IProgress<JobSnapshot> Progress)
{
    /// <summary>How long to wait for pictures; null for as long as the settings say.</summary>
    public TimeSpan? WaitLimit { get; init; }

    /// <summary>Asks the user a question: true or false as answered, null where the client cannot ask. May end the call, which then comes again with the answer.</summary>
    public Func<string, bool?> AskUser { get; init; } = _ => null;
}
