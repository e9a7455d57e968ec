using System.Text.Json;
using System.Text.Json.Nodes;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Generation.Requests;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Server.Dispatch;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GptImage2.Mcp.Tasks;

/// <summary>The tasks extension: for clients that ask for it, a call of a maker returns at once, and its job is looked at as a task.</summary>
internal sealed class TasksExtension(JobScheduler scheduler, JobQueries jobs, ToolDispatcher toolbox, JobResultBuilder results, ResultDeliveryTracker deliveries)
{
    public const string ExtensionName = "io.modelcontextprotocol/tasks";

    public const string TasksGetMethod = "tasks/get";

    /// <summary>The first revision with extensions. The tasks of the one before were another thing.</summary>
    private const string FirstRevision = "2026-07-28";

    /// <param name="desk">Asked for once a request is there.</param>
    public static IList<McpServerRequestHandler> CreateHandlers(Func<TasksExtension> desk) =>
    [
        CreateHandler(TasksGetMethod, (request, cancellationToken) => desk().GetAsync(request, cancellationToken)),
        CreateHandler("tasks/update", (request, cancellationToken) => desk().UpdateAsync(request, cancellationToken)),
        CreateHandler("tasks/cancel", (request, cancellationToken) => desk().CancelAsync(request, cancellationToken)),
    ];

    /// <summary>Carries a call to its tool; what became a job returns as a task, and everything else as it always does.</summary>
    public async ValueTask<ResultOrAlternate<CallToolResult>> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        // check_job is for those who wait.
        if (!HasOptedIn(request.JsonRpcRequest) || request.Params.Name is JobResultBuilder.CheckJobTool)
        {
            return await toolbox.CallAsync(request, cancellationToken);
        }

        var answer = await toolbox.InvokeAsync(request, TimeSpan.Zero, cancellationToken);
        return answer.Job is { } job
            ? ResultOrAlternate<CallToolResult>.FromAlternate(TaskPayload.FromStartedJob(job), TaskJsonContext.Default.TaskPayload)
            : toolbox.ToCallToolResult(request.Server.ClientInfo, answer);
    }

    private async Task<JsonNode?> GetAsync(JsonRpcRequest request, CancellationToken cancellationToken)
    {
        var job = await FindAsync(request, cancellationToken);
        var view = await job.GetSnapshotAsync(cancellationToken);

        // Who is told how it ended has collected it, once that answer has left.
        deliveries.Track(request.Id, view);
        return JsonSerializer.SerializeToNode(TaskPayload.FromJob(view, view.IsOver ? SerializeResult(request, view) : null), TaskJsonContext.Default.TaskPayload);
    }

    /// <summary>Nothing is ever asked of a task: questions come before there is one.</summary>
    private async Task<JsonNode?> UpdateAsync(JsonRpcRequest request, CancellationToken cancellationToken)
    {
        await FindAsync(request, cancellationToken);
        return Acknowledgement;
    }

    private async Task<JsonNode?> CancelAsync(JsonRpcRequest request, CancellationToken cancellationToken)
    {
        scheduler.Cancel(await FindAsync(request, cancellationToken));
        return Acknowledgement;
    }

    private static JsonObject Acknowledgement => new() { ["resultType"] = "complete" };

    private JsonNode? SerializeResult(JsonRpcRequest request, JobSnapshot view) => JsonSerializer.SerializeToNode(
        toolbox.ToCallToolResult(request.Context?.ClientInfo, results.FromJob(view, ImageViewMode.Preview)),
        McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(CallToolResult)));

    private async Task<JobHandle> FindAsync(JsonRpcRequest request, CancellationToken cancellationToken)
    {
        if (!SupportsExtensions(request))
        {
            throw new McpProtocolException($"{request.Method} came with the revision {FirstRevision}; check_job does the same for any client.", McpErrorCode.MethodNotFound);
        }

        if (!HasOptedIn(request))
        {
            throw new MissingRequiredClientCapabilityException(
                new ClientCapabilities { Extensions = new Dictionary<string, object> { [ExtensionName] = new JsonObject() } },
                $"{request.Method} is for clients that say {ExtensionName} in the request's capabilities; check_job does the same for any client.");
        }

        var id = (request.Params as JsonObject)?["taskId"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
        return await jobs.FindAsync(Caller.Local, id, cancellationToken)
            ?? throw new McpProtocolException("There is no such task. Pictures that were made are in list_images.", McpErrorCode.InvalidParams);
    }

    private static bool HasOptedIn(JsonRpcRequest request) =>
        SupportsExtensions(request) && request.Context?.ClientCapabilities?.Extensions?.ContainsKey(ExtensionName) is true;

    private static bool SupportsExtensions(JsonRpcRequest request) => string.CompareOrdinal(request.Context?.ProtocolVersion, FirstRevision) >= 0;

    private static McpServerRequestHandler CreateHandler(string method, Func<JsonRpcRequest, CancellationToken, Task<JsonNode?>> handle) => new()
    {
        Method = method,
        RoutingNameParameter = "taskId",
        Handler = async (request, cancellationToken) => await ToolErrorMapper.MapToProtocolErrorAsync(() => handle(request.JsonRpcRequest, cancellationToken)),
    };
}
