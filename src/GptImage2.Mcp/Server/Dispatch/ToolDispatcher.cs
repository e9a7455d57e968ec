using GptImage2.Generation.Jobs;
using GptImage2.Mcp.Apps;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;
using GptImage2.Mcp.Tools.Base;
using GptImage2.Mcp.Tools.Repairs;

namespace GptImage2.Mcp.Server.Dispatch;

/// <summary>All tools: lists them as the client needs them, and carries a call to its tool.</summary>
internal sealed class ToolDispatcher(
    ToolSet tools, CallBinder binder, CallRepair repair, ResultOptions options, ICallerAccessor callers, ToolErrorMapper errors, ResultDeliveryTracker deliveries, AttachmentFolder attachments, TimeProvider clock)
{
    private readonly Lazy<IReadOnlyList<Tool>> _definitions = new(() => [.. tools.All.Select(entry => ListedToolDefinition.Create(entry.Definition))]);
    private readonly Lazy<IReadOnlyList<Tool>> _remoteDefinitions = new(() => [.. tools.All.Select(entry => RemoteToolDefinition.Create(ListedToolDefinition.Create(entry.Definition)))]);

    public ListToolsResult List(MessageContext request)
    {
        var structured = StructuredContent.IsEnabledFor(request.Server.ClientInfo, options);
        var definitions = callers.GetSession(request).Caller.LocalPathsAllowed ? _definitions.Value : _remoteDefinitions.Value;
        return new ListToolsResult
        {
            Tools = [.. (AppsExtension.IsSupportedBy(request.Server) ? WithPages(definitions) : definitions).Select(definition => structured ? definition : WithoutOutputSchema(definition))],
            TimeToLive = TimeSpan.FromHours(1),
            CacheScope = CacheScope.Private,
        };
    }

    public async ValueTask<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        var receivedAt = clock.GetUtcNow();
        if (tools.Find(request.Params.Name) is not var (tool, definition) || (AppsExtension.IsAppOnly(definition) && !AppsExtension.IsSupportedBy(request.Server)))
        {
            throw new McpProtocolException($"Unknown tool '{request.Params.Name}'.{tools.Suggest(request.Params.Name)} There are: {tools.Names}.", McpErrorCode.InvalidParams);
        }

        var deferred = DeferredCall.Find(request);
        var session = await attachments.AddToAsync(callers.GetSession(request), request.Server, cancellationToken);
        await deliveries.WaitForPendingAsync(session, cancellationToken);
        await using var progress = new ProgressNotifications(request.Server, deferred is null ? request.Params.ProgressToken : null, clock);
        var call = new ToolCall(session, progress, receivedAt)
        {
            WaitLimit = deferred is null ? null : TimeSpan.Zero,
            AskUser = question => UserConsent.AskUser(request, question),
        };
        var response = await CallTelemetry.MeasureAsync(
            definition.Name,
            clock,
            () => errors.MapAsync(session.Caller, tool, () => InvokeAsync(tool, definition, request.Params.Arguments, call, cancellationToken), cancellationToken));

        if (deferred is not null)
        {
            deferred.Job = response.Job;
        }
        else
        {
            ResultDeliveryTracker.Track(request, session, response.Job);
        }

        return ToCallToolResult(request.Server.ClientInfo, response);
    }

    /// <summary>The response in the form that this client takes.</summary>
    public CallToolResult ToCallToolResult(Implementation? client, ToolResponse response) => StructuredContent.ToCallToolResult(response, StructuredContent.IsEnabledFor(client, options));

    /// <summary>Why a call would be refused by its form alone; nothing when it would not.</summary>
    public IEnumerable<string> FindViolations(string name, JsonElement arguments)
    {
        if (tools.Find(name) is not var (tool, definition))
        {
            return [$"there is no such tool; there are {tools.Names}"];
        }

        var shape = ArgumentValidator.Validate(definition.InputSchema, arguments.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value)));
        return CallBinder.Merge(shape, tool.Bind(CallerSession.Local, shape)).Select(violation => violation.ToString());
    }

    private async Task<ToolResponse> InvokeAsync(ITool tool, Tool definition, IDictionary<string, JsonElement>? arguments, ToolCall call, CancellationToken cancellationToken)
    {
        var bound = binder.Bind(tool, definition.InputSchema, call.Session, arguments);
        try
        {
            return bound.Violations is []
                ? await bound.Call.InvokeAsync(call, cancellationToken)
                : throw new InvalidRequestException(bound.Violations, await FindImageFailuresAsync(bound, call, cancellationToken));
        }
        catch (ImageException refused) when (refused.Failure is { Retry: RetryAdvice.Changed, Billed: Billing.No, Call: null, Repairs: not [] })
        {
            if (await repair.FindAsync(definition.Name, bound.Arguments, refused.Failure, call, cancellationToken) is not { } corrected)
            {
                throw;
            }

            throw new ImageException(corrected, refused);
        }
    }

    /// <summary>For clients that show pages: with the page that shows the results, and with what that calls.</summary>
    private IEnumerable<Tool> WithPages(IEnumerable<Tool> definitions) => [.. definitions.Select(tool => tool.With(tool.InputSchema, tool.OutputSchema, AppsExtension.CreateMeta(tool.Name))), .. tools.AppOnly.Select(entry => entry.Definition)];

    /// <summary>Not of arguments that are blamed already.</summary>
    private static async Task<IReadOnlyList<Failure>> FindImageFailuresAsync(BoundArguments bound, ToolCall call, CancellationToken cancellationToken) =>
        [.. (await bound.Call.FindImageFailuresAsync(call, cancellationToken)).Where(failure => bound.Violations.All(violation => violation.Argument != failure.Argument))];

    private static Tool WithoutOutputSchema(Tool tool) => tool.With(tool.InputSchema, null);
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
