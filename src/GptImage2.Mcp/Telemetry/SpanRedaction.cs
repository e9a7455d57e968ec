using System.Collections.Frozen;
using System.Diagnostics;
using GptImage2.Mcp.Tools.Base;
using OpenTelemetry;

namespace GptImage2.Mcp.Telemetry;

/// <summary>
/// Takes out of finished spans what people have written and what lets somebody in, before they are exported. The SDK puts
/// whole results of failed calls into the status of a span, and names of tools, URIs and sessions as clients send them.
/// </summary>
internal sealed class SpanRedaction(ToolSet tools) : BaseProcessor<Activity>
{
    private const string Other = "_OTHER";

    /// <summary>Addresses have the ids of images and the signatures of links; the route says which they are.</summary>
    private static readonly string[] Removed = ["mcp.resource.uri", "mcp.session.id", "gen_ai.prompt.name", "url.path", "url.query"];

    private static readonly FrozenSet<string> Methods = FrozenSet.ToFrozenSet(
    [
        RequestMethods.Initialize, RequestMethods.Ping, RequestMethods.ToolsList, RequestMethods.ToolsCall, RequestMethods.PromptsList, RequestMethods.PromptsGet,
        RequestMethods.ResourcesList, RequestMethods.ResourcesRead, RequestMethods.ResourcesTemplatesList, RequestMethods.ResourcesSubscribe, RequestMethods.ResourcesUnsubscribe,
        RequestMethods.CompletionComplete, RequestMethods.ElicitationCreate,
        "server/discover", "subscriptions/listen", "tasks/get", "tasks/update", "tasks/cancel",
        NotificationMethods.InitializedNotification, NotificationMethods.CancelledNotification, NotificationMethods.ProgressNotification,
        NotificationMethods.ResourceListChangedNotification, NotificationMethods.ResourceUpdatedNotification,
        NotificationMethods.ToolListChangedNotification, NotificationMethods.PromptListChangedNotification,
    ]);

    public override void OnEnd(Activity data)
    {
        if (data.Status is not ActivityStatusCode.Unset)
        {
            data.SetStatus(data.Status);
        }

        foreach (var name in Removed)
        {
            data.SetTag(name, null);
        }

        if (data.GetTagItem("mcp.method.name") is string method)
        {
            RenameCall(data, method);
        }
    }

    /// <summary>By the names that this server knows, because a client's could be anything.</summary>
    private void RenameCall(Activity span, string method)
    {
        var known = Methods.Contains(method) ? method : Other;
        var tool = span.GetTagItem("gen_ai.tool.name") is string called ? tools.Find(called) is null ? Other : called : null;
        span.DisplayName = tool is null ? known : $"{known} {tool}";
        span.SetTag("mcp.method.name", known).SetTag("gen_ai.tool.name", tool);
    }
}
