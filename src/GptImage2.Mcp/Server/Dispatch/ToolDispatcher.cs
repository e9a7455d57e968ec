using System.Text.Json;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Requests;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools;
using GptImage2.Mcp.Tools.Arguments;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GptImage2.Mcp.Server.Dispatch;

/// <summary>All tools: lists them as the client needs them, and carries a call to its tool.</summary>
internal sealed class ToolDispatcher(IEnumerable<ITool> tools, ResultOptions options, ToolErrorMapper explain, ResultDeliveryTracker deliveries, TimeProvider clock)
{
    private readonly (ITool Tool, Tool Definition)[] _tools = [.. tools.Select(tool => (tool, tool.GetDefinition()))];

    public ListToolsResult List(McpServer server)
    {
        var structured = StructuredContent.IsEnabledFor(server.ClientInfo, options);
        return new ListToolsResult
        {
            Tools = [.. _tools.Select(entry => structured ? entry.Definition : WithoutOutputSchema(entry.Definition))],
            TimeToLive = TimeSpan.FromHours(1),
            CacheScope = CacheScope.Private,
        };
    }

    public async ValueTask<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        var answer = await InvokeAsync(request, null, cancellationToken);
        deliveries.Track(request.JsonRpcRequest.Id, answer.Job);
        return ToCallToolResult(request.Server.ClientInfo, answer);
    }

    /// <summary>The answer in the form that this client takes.</summary>
    public CallToolResult ToCallToolResult(Implementation? client, ToolResponse answer) => StructuredContent.ToCallToolResult(answer, StructuredContent.IsEnabledFor(client, options));

    /// <param name="patience">How long to wait for pictures; null for as long as the settings say, and with progress.</param>
    public async Task<ToolResponse> InvokeAsync(RequestContext<CallToolRequestParams> request, TimeSpan? patience, CancellationToken cancellationToken)
    {
        var (tool, definition) = Array.Find(_tools, entry => entry.Definition.Name == request.Params.Name);
        if (tool is null)
        {
            throw new McpProtocolException(
                $"Unknown tool '{request.Params.Name}'. There are: {string.Join(", ", _tools.Select(entry => entry.Definition.Name))}.",
                McpErrorCode.InvalidParams);
        }

        await deliveries.WaitForPendingAsync(cancellationToken);
        await using var progress = new ProgressNotifications(request.Server, patience is null ? request.Params.ProgressToken : null, clock);
        return await explain.CallAsync(
            tool,
            () =>
            {
                var caller = Caller.Local;
                var arguments = ArgumentValidator.Validate(definition.InputSchema, request.Params.Arguments);
                if (Validate(tool, caller, arguments) is { Length: > 0 } violations)
                {
                    throw new InvalidRequestException(violations);
                }

                return tool.CallAsync(
                    new ToolCall(caller, arguments.Values, progress) { WaitLimit = patience, AskUser = question => UserConsent.AskUser(request, question) },
                    cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Why a call would be refused by its form alone; nothing when it would not.</summary>
    public IEnumerable<string> FindViolations(string name, JsonElement arguments)
    {
        var (tool, definition) = Array.Find(_tools, entry => entry.Definition.Name == name);
        return tool is null
            ? [$"there is no such tool; there are {string.Join(", ", _tools.Select(entry => entry.Definition.Name))}"]
            : Validate(tool, Caller.Local, ArgumentValidator.Validate(definition.InputSchema, arguments.EnumerateObject().ToDictionary(member => member.Name, member => member.Value)))
                .Select(violation => violation.ToString());
    }

    /// <summary>Every culprit at once: those the schema finds, and those that only show beside other arguments.</summary>
    private static Violation[] Validate(ITool tool, Caller caller, ArgumentValidationResult arguments)
    {
        Violation[] across = [.. tool.Validate(caller, arguments)];

        // Of a value that could be read, what is wrong beside others says more than what is wrong by itself.
        var better = across.Select(violation => violation.Argument).Where(name => arguments.Values.TryGetProperty(name, out _)).ToHashSet(StringComparer.Ordinal);
        Violation[] shape = [.. arguments.Violations.Where(violation => !better.Contains(violation.Argument))];
        var named = shape.Select(violation => violation.Argument).ToHashSet(StringComparer.Ordinal);

        return [.. shape, .. across.Where(violation => !named.Any(name => IsPartOf(violation.Argument, name))).Select(violation => arguments.WithOriginalValue(violation))];
    }

    /// <summary>Of what could not be read at all, the parts need no telling.</summary>
    private static bool IsPartOf(string argument, string whole) =>
        argument.StartsWith(whole, StringComparison.Ordinal) && (argument.Length == whole.Length || argument[whole.Length] is '.' or '[');

    private static Tool WithoutOutputSchema(Tool tool) => new()
    {
        Name = tool.Name,
        Title = tool.Title,
        Description = tool.Description,
        InputSchema = tool.InputSchema,
        Annotations = tool.Annotations,
    };
}
