using System.ComponentModel;
using GptImage2.Mcp.Server.Dispatch;
using GptImage2.Mcp.Tasks;

namespace GptImage2.Conformance.Fixtures;

/// <summary>Tools that become tasks: each is a call of the product's own <c>generate_image</c>, and so a job of it.</summary>
[McpServerToolType]
internal sealed class TaskTools
{
    [McpServerTool(Name = "greet"), Description("Greets at once")]
    public static string Greet(string name) => $"Hello, {name}!";

    [McpServerTool(Name = "slow_compute"), Description("Takes its time")]
    public static Task<CallToolResult> ComputeAsync(
        RequestContext<CallToolRequestParams> request, ToolDispatcher tools, double seconds, CancellationToken cancellationToken, string label = "a shape") =>
        DrawAsync(request, tools, FixtureBackend.CreatePrompt(seconds, label), cancellationToken);

    [McpServerTool(Name = "failing_job"), Description("Fails, as a task only")]
    public static Task<CallToolResult> FailAsync(RequestContext<CallToolRequestParams> request, ToolDispatcher tools, CancellationToken cancellationToken) =>
        request.JsonRpcRequest.Context?.ClientCapabilities?.Extensions?.ContainsKey(TasksExtension.ExtensionName) is true
            ? DrawAsync(request, tools, FixtureBackend.CreatePrompt(0, FixtureBackend.FailingPrompt), cancellationToken)
            : throw new MissingRequiredClientCapabilityException(
                new ClientCapabilities { Extensions = new Dictionary<string, object> { [TasksExtension.ExtensionName] = new JsonObject() } });

    [McpServerTool(Name = "test_tool_with_task"), Description("Asks, and then takes its time")]
    public static Task<CallToolResult> AskAndDrawAsync(RequestContext<CallToolRequestParams> request, ToolDispatcher tools, CancellationToken cancellationToken) =>
        Questions.FindText(request, "user_name", "name") is { } name
            ? DrawAsync(request, tools, FixtureBackend.CreatePrompt(0, $"the words \"Hello, {name}!\""), cancellationToken)
            : throw Questions.Require("user_name", Questions.Ask("What is your name?", "name"));

    private static Task<CallToolResult> DrawAsync(RequestContext<CallToolRequestParams> request, ToolDispatcher tools, string prompt, CancellationToken cancellationToken)
    {
        request.Params = new CallToolRequestParams
        {
            Name = "generate_image",
            Arguments = new Dictionary<string, JsonElement> { ["prompt"] = JsonSerializer.SerializeToElement(prompt) },
            Meta = request.Params.Meta,
        };
        return tools.CallAsync(request, cancellationToken).AsTask();
    }
}
