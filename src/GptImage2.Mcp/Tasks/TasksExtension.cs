using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Generation.Storage;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Server.Dispatch;

namespace GptImage2.Mcp.Tasks;

/// <summary>
/// The tasks extension, in the shape of the SDK's own: a filter around the tools. For clients that opt in, a call that
/// becomes a job returns at once, and its job is polled as a task.
/// </summary>
internal sealed class TasksExtension(
    JobScheduler scheduler, JobQueries jobs, ToolDispatcher tools, JobResultBuilder results, ICallerAccessor callers, ToolErrorMapper errors, StorageOptions storage)
{
    public const string ExtensionName = "io.modelcontextprotocol/tasks";

    public const string TasksGetMethod = "tasks/get";

    /// <summary>The first revision with extensions. The tasks of the one before were different.</summary>
    private const string FirstRevision = "2026-07-28";

    /// <param name="extension">Called once a request is there.</param>
    public static IList<McpServerRequestHandler> CreateHandlers(Func<TasksExtension> extension) =>
    [
        CreateHandler(TasksGetMethod, extension, (tasks, request, cancellationToken) => tasks.GetAsync(request, cancellationToken)),
        CreateHandler("tasks/update", extension, (tasks, request, cancellationToken) => tasks.UpdateAsync(request, cancellationToken)),
        CreateHandler("tasks/cancel", extension, (tasks, request, cancellationToken) => tasks.CancelAsync(request, cancellationToken)),
    ];

    /// <summary>A filter for tool calls: what becomes a job is returned as a task, and everything else as it always is.</summary>
    public static async ValueTask<ResultOrAlternate<CallToolResult>> CallToolFilterAsync(
        RequestContext<CallToolRequestParams> request, McpRequestHandler<CallToolRequestParams, ResultOrAlternate<CallToolResult>> next, CancellationToken cancellationToken)
    {
        // check_job is for those who wait.
        if (!HasOptedIn(request.JsonRpcRequest) || request.Params.Name is JobResultBuilder.CheckJobTool)
        {
            return await next(request, cancellationToken);
        }

        var deferred = DeferredCall.AddTo(request);
        var result = await next(request, cancellationToken);
        return deferred.Job is { } job
            ? ResultOrAlternate<CallToolResult>.FromAlternate(TaskPayload.FromCall(job), TaskJsonContext.Default.TaskPayload)
            : result;
    }

    private async Task<JsonNode?> GetAsync(RequestContext<JsonNode?> request, CancellationToken cancellationToken)
    {
        var session = callers.GetSession(request);
        var job = await FindAsync(request, cancellationToken);
        var current = await job.GetSnapshotAsync(cancellationToken);
        var snapshot = session.Caller.LocalPathsAllowed ? current : current.HidePaths(storage);

        // A client that learns how the job ended has collected it, once that response has been written.
        ResultDeliveryTracker.Track(request, session, snapshot);
        var task = TaskPayload.FromJob(snapshot, () => JsonSerializer.SerializeToNode(
            tools.ToCallToolResult(request.JsonRpcRequest.Context?.ClientInfo, results.FromJob(session, snapshot, ImageViewMode.Preview)),
            McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(CallToolResult))));
        return JsonSerializer.SerializeToNode(task, TaskJsonContext.Default.TaskPayload);
    }

    /// <summary>A task never asks anything: questions come before there is one.</summary>
    private async Task<JsonNode?> UpdateAsync(RequestContext<JsonNode?> request, CancellationToken cancellationToken)
    {
        await FindAsync(request, cancellationToken);
        return Acknowledgement;
    }

    private async Task<JsonNode?> CancelAsync(RequestContext<JsonNode?> request, CancellationToken cancellationToken)
    {
        await scheduler.CancelAsync(await FindAsync(request, cancellationToken), cancellationToken);
        return Acknowledgement;
    }

    private static JsonObject Acknowledgement => new() { ["resultType"] = "complete" };

    private async Task<JobHandle> FindAsync(RequestContext<JsonNode?> request, CancellationToken cancellationToken)
    {
        var method = request.JsonRpcRequest.Method;
        if (!SupportsExtensions(request.JsonRpcRequest))
        {
            throw new McpProtocolException($"{method} came with the revision {FirstRevision}; check_job does the same for any client.", McpErrorCode.MethodNotFound);
        }

        if (!HasOptedIn(request.JsonRpcRequest))
        {
            throw new MissingRequiredClientCapabilityException(
                new ClientCapabilities { Extensions = new Dictionary<string, object> { [ExtensionName] = new JsonObject() } },
                $"{method} is for clients that declare {ExtensionName} in the request's capabilities; check_job does the same for any client.");
        }

        var id = (request.Params as JsonObject)?["taskId"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
        return await jobs.FindAsync(callers.GetSession(request).Caller, id, cancellationToken)
            ?? throw new McpProtocolException("There is no such task. Images that were made are in list_images.", McpErrorCode.InvalidParams);
    }

    private static bool HasOptedIn(JsonRpcRequest request) =>
        SupportsExtensions(request) && request.Context?.ClientCapabilities?.Extensions?.ContainsKey(ExtensionName) is true;

    private static bool SupportsExtensions(JsonRpcRequest request) => string.CompareOrdinal(request.Context?.ProtocolVersion, FirstRevision) >= 0;

    private static McpServerRequestHandler CreateHandler(
        string method, Func<TasksExtension> extension, Func<TasksExtension, RequestContext<JsonNode?>, CancellationToken, Task<JsonNode?>> handle) => new()
        {
            Method = method,
            RoutingNameParameter = "taskId",
            Handler = async (request, cancellationToken) =>
            {
                var tasks = extension();
                return await tasks.MapErrorsAsync(request, () => handle(tasks, request, cancellationToken));
            },
        };

    private Task<JsonNode?> MapErrorsAsync(MessageContext request, Func<Task<JsonNode?>> handle) =>
        errors.MapToProtocolErrorAsync(callers.GetSession(request).Caller, _ => handle());
}
