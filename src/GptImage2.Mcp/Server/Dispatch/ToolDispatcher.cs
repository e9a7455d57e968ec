using GptImage2.Generation.Jobs;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;
using GptImage2.Mcp.Tools.Base;

namespace GptImage2.Mcp.Server.Dispatch;

/// <summary>All tools: lists them as the client needs them, and carries a call to its tool.</summary>
internal sealed class ToolDispatcher(
    IEnumerable<ITool> tools, ResultOptions options, ICallerAccessor callers, ToolErrorMapper errors, ResultDeliveryTracker deliveries, TimeProvider clock)
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
        var (tool, definition) = Array.Find(_tools, entry => entry.Definition.Name == request.Params.Name);
        if (tool is null)
        {
            throw new McpProtocolException($"Unknown tool '{request.Params.Name}'. There are: {ListNames()}.", McpErrorCode.InvalidParams);
        }

        var deferred = DeferredCall.Find(request);
        await deliveries.WaitForPendingAsync(cancellationToken);
        await using var progress = new ProgressNotifications(request.Server, deferred is null ? request.Params.ProgressToken : null, clock);
        var session = callers.GetSession(request);
        var call = new ToolCall(session, progress)
        {
            WaitLimit = deferred is null ? null : TimeSpan.Zero,
            AskUser = question => UserConsent.AskUser(request, question),
        };
        var response = await errors.MapAsync(session.Caller, tool, () => InvokeAsync(tool, definition, request.Params.Arguments, call, cancellationToken), cancellationToken);

        if (deferred is not null)
        {
            deferred.Job = response.Job;
        }
        else
        {
            ResultDeliveryTracker.Track(request, response.Job);
        }

        return ToCallToolResult(request.Server.ClientInfo, response);
    }

    /// <summary>The response in the form that this client takes.</summary>
    public CallToolResult ToCallToolResult(Implementation? client, ToolResponse response) => StructuredContent.ToCallToolResult(response, StructuredContent.IsEnabledFor(client, options));

    /// <summary>Why a call would be refused by its form alone; nothing when it would not.</summary>
    public IEnumerable<string> FindViolations(string name, JsonElement arguments)
    {
        var (tool, definition) = Array.Find(_tools, entry => entry.Definition.Name == name);
        if (tool is null)
        {
            return [$"there is no such tool; there are {ListNames()}"];
        }

        var shape = ArgumentValidator.Validate(definition.InputSchema, arguments.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value)));
        return Merge(shape, tool.Bind(CallerSession.Local, shape)).Select(violation => violation.ToString());
    }

    private static Task<ToolResponse> InvokeAsync(ITool tool, Tool definition, IDictionary<string, JsonElement>? arguments, ToolCall call, CancellationToken cancellationToken)
    {
        var shape = ArgumentValidator.Validate(definition.InputSchema, arguments);
        var bound = tool.Bind(call.Session, shape);
        return Merge(shape, bound) is { Length: > 0 } violations
            ? throw new InvalidRequestException(violations)
            : bound.InvokeAsync(call, cancellationToken);
    }

    /// <summary>Every culprit at once: those the schema finds, and those that only show in relation to other arguments.</summary>
    private static Violation[] Merge(ArgumentValidationResult shape, BoundCall bound)
    {
        // Of a value that could be read, what is wrong in relation to others says more than what is wrong by itself.
        var better = bound.Violations.Select(violation => violation.Argument).Where(shape.Bound.Contains).ToHashSet(StringComparer.Ordinal);
        Violation[] own = [.. shape.Violations.Where(violation => !better.Contains(violation.Argument))];
        return [.. own, .. bound.Violations.Where(violation => !own.Any(other => IsPartOf(violation.Argument, other.Argument))).Select(shape.WithOriginalValue)];
    }

    /// <summary>The parts of what could not be read at all need not be reported.</summary>
    private static bool IsPartOf(string argument, string whole) =>
        argument.StartsWith(whole, StringComparison.Ordinal) && (argument.Length == whole.Length || argument[whole.Length] is '.' or '[');

    private string ListNames() => string.Join(", ", _tools.Select(entry => entry.Definition.Name));

    private static Tool WithoutOutputSchema(Tool tool) => new()
    {
        Name = tool.Name,
        Title = tool.Title,
        Description = tool.Description,
        InputSchema = tool.InputSchema,
        Annotations = tool.Annotations,
    };
}

/// <summary>Asks the dispatcher, by way of the request's items, to return as soon as there is a job, and takes that job.</summary>
internal sealed class DeferredCall
{
    private const string Item = "gptimage2.deferred-call";

    /// <summary>The job that the call started or joined; null where it made none.</summary>
    public JobSnapshot? Job { get; set; }

    public static DeferredCall AddTo(MessageContext request)
    {
        var deferred = new DeferredCall();
        request.Items[Item] = deferred;
        return deferred;
    }

    public static DeferredCall? Find(MessageContext request) => request.Items.TryGetValue(Item, out var item) ? item as DeferredCall : null;
}
