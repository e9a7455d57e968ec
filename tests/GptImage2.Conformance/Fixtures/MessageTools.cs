using System.ComponentModel;

namespace GptImage2.Conformance.Fixtures;

/// <summary>Tools that send something before they answer.</summary>
[McpServerToolType]
internal sealed class MessageTools
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    [McpServerTool(Name = "test_tool_with_logging"), Description("Logs")]
    public static async Task<string> LogAsync(McpServer server, CancellationToken cancellationToken)
    {
        foreach (var text in (string[])["Tool execution started", "Tool processing data", "Tool execution completed"])
        {
            var message = new LoggingMessageNotificationParams { Level = LoggingLevel.Info, Data = JsonSerializer.SerializeToElement(text) };
            await server.SendNotificationAsync(NotificationMethods.LoggingMessageNotification, message, cancellationToken: cancellationToken);
            await Task.Delay(Pause, cancellationToken);
        }

        return "logged";
    }

    [McpServerTool(Name = "test_logging_tool"), Description("Logs if asked to")]
    public static async Task<string> LogIfAskedAsync(McpServer server, RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken) =>
        request.JsonRpcRequest.Context?.LogLevel is null ? "ok" : await LogAsync(server, cancellationToken);

    [McpServerTool(Name = "test_tool_with_progress"), Description("Reports progress")]
    public static async Task<string> ReportAsync(IProgress<ProgressNotificationValue> progress, CancellationToken cancellationToken)
    {
        foreach (var percent in (int[])[0, 50, 100])
        {
            progress.Report(new ProgressNotificationValue { Progress = percent, Total = 100 });
            await Task.Delay(Pause, cancellationToken);
        }

        return "done";
    }

    [McpServerTool(Name = "test_sampling"), Description("Asks the client's model")]
    public static async Task<string> SampleAsync(McpServer server, string prompt, CancellationToken cancellationToken)
    {
        var answer = await server.SampleAsync(
            new CreateMessageRequestParams { MaxTokens = 100, Messages = [new SamplingMessage { Role = Role.User, Content = [new TextContentBlock { Text = prompt }] }] },
            cancellationToken);
        return $"LLM response: {answer.Content.OfType<TextContentBlock>().First().Text}";
    }

    [McpServerTool(Name = "test_missing_capability"), Description("Needs sampling")]
    public static string NeedSampling(McpServer server) => server.ClientCapabilities?.Sampling is null
        ? throw new MissingRequiredClientCapabilityException(new ClientCapabilities { Sampling = new SamplingCapability() })
        : "ok";
}
