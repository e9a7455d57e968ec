using System.Text.Json;
using System.Text.Json.Nodes;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Requests;
using GptImage2.Mcp.Results;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GptImage2.Mcp.Hosting;

/// <summary>The tasks extension: for clients that ask for it, a call of a maker returns at once, and its job is looked at as a task.</summary>
internal sealed class TaskDesk(JobScheduler jobs, Toolbox toolbox, MakerResults results, Deliveries deliveries)
{
    public const string Extension = "io.modelcontextprotocol/tasks";

    public const string Get = "tasks/get";

    /// <summary>The first revision with extensions. The tasks of the one before were another thing.</summary>
    private const string First = "2026-07-28";

    /// <param name="desk">Asked for once a request is there.</param>
    public static IList<McpServerRequestHandler> Handlers(Func<TaskDesk> desk) =>
    [
        Handler(Get, (request, cancellationToken) => desk().GetAsync(request, cancellationToken)),
        Handler("tasks/update", (request, cancellationToken) => desk().UpdateAsync(request, cancellationToken)),
        Handler("tasks/cancel", (request, cancellationToken) => desk().CancelAsync(request, cancellationToken)),
    ];

    /// <summary>Carries a call to its tool; what became a job returns as a task, and everything else as it always does.</summary>
    public async ValueTask<ResultOrAlternate<CallToolResult>> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        // check_job is for those who wait.
        if (!HasOptedIn(request.JsonRpcRequest) || request.Params.Name is MakerResults.CheckJob)
        {
            return await toolbox.CallAsync(request, cancellationToken);
        }

        var answer = await toolbox.AnswerAsync(request, TimeSpan.Zero, cancellationToken);
        return answer.Job is { } job
            ? ResultOrAlternate<CallToolResult>.FromAlternate(TaskResult.Begun(job), TaskJson.Default.TaskResult)
            : toolbox.Shape(request.Server.ClientInfo, answer);
    }

    private async Task<JsonNode?> GetAsync(JsonRpcRequest request, CancellationToken cancellationToken)
    {
        var job = await FindAsync(request, cancellationToken);
        var view = await job.GetSnapshotAsync(cancellationToken);

        // Who is told how it ended has collected it, once that answer has left.
        deliveries.Expect(request.Id, view);
        return JsonSerializer.SerializeToNode(TaskResult.Now(view, view.IsOver ? ResultOf(request, view) : null), TaskJson.Default.TaskResult);
    }

    /// <summary>Nothing is ever asked of a task: questions come before there is one.</summary>
    private async Task<JsonNode?> UpdateAsync(JsonRpcRequest request, CancellationToken cancellationToken)
    {
        await FindAsync(request, cancellationToken);
        return Acknowledged;
    }

    private async Task<JsonNode?> CancelAsync(JsonRpcRequest request, CancellationToken cancellationToken)
    {
        jobs.Cancel(await FindAsync(request, cancellationToken));
        return Acknowledged;
    }

    private static JsonObject Acknowledged => new() { ["resultType"] = "complete" };

    private JsonNode? ResultOf(JsonRpcRequest request, JobSnapshot view) => JsonSerializer.SerializeToNode(
        toolbox.Shape(request.Context?.ClientInfo, results.From(view, PictureView.Preview)),
        McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(CallToolResult)));

    private async Task<JobHandle> FindAsync(JsonRpcRequest request, CancellationToken cancellationToken)
    {
        if (!HasExtensions(request))
        {
            throw new McpProtocolException($"{request.Method} came with the revision {First}; check_job does the same for any client.", McpErrorCode.MethodNotFound);
        }

        if (!HasOptedIn(request))
        {
            throw new MissingRequiredClientCapabilityException(
                new ClientCapabilities { Extensions = new Dictionary<string, object> { [Extension] = new JsonObject() } },
                $"{request.Method} is for clients that say {Extension} in the request's capabilities; check_job does the same for any client.");
        }

        var id = (request.Params as JsonObject)?["taskId"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
        return await jobs.FindAsync(Caller.Local, id, cancellationToken)
            ?? throw new McpProtocolException("There is no such task. Pictures that were made are in list_images.", McpErrorCode.InvalidParams);
    }

    private static bool HasOptedIn(JsonRpcRequest request) =>
        HasExtensions(request) && request.Context?.ClientCapabilities?.Extensions?.ContainsKey(Extension) is true;

    private static bool HasExtensions(JsonRpcRequest request) => string.CompareOrdinal(request.Context?.ProtocolVersion, First) >= 0;

    private static McpServerRequestHandler Handler(string method, Func<JsonRpcRequest, CancellationToken, Task<JsonNode?>> handle) => new()
    {
        Method = method,
        RoutingNameParameter = "taskId",
        Handler = async (request, cancellationToken) => await ExplainFailures.ReadAsync(() => handle(request, cancellationToken)),
    };
}
