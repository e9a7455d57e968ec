using GptImage2.Generation.Requests;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Resources;
using GptImage2.Mcp.Tools.Base;
using GptImage2.Mcp.Tools.Repairs;

namespace GptImage2.Mcp.Server;

/// <summary>What a caller must be allowed to do for a request. Whether it is, the transport knows.</summary>
internal sealed class AccessRules(ToolSet tools, CallBinder binder)
{
    /// <summary>How a call is understood must not depend on whose it is, and must not look at this machine's files.</summary>
    private static readonly CallerSession Nobody = new(new Caller("nobody", LocalPathsAllowed: false), "nobody");

    /// <param name="request">As <see cref="ParamsNormalizer"/> leaves it, or as it came.</param>
    /// <returns>Null for what everybody may ask.</returns>
    public AccessRight? FindRequired(JsonRpcRequest request) => request.Method switch
    {
        RequestMethods.ToolsCall => FindRequiredForTool(request.Params as JsonObject),
        RequestMethods.ResourcesRead => IsSpending(request.Params as JsonObject) ? AccessRight.ReadSpending : AccessRight.Read,
        RequestMethods.Initialize or RequestMethods.ServerDiscover or RequestMethods.Ping or RequestMethods.ToolsList or "logging/setLevel" => null,
        RequestMethods.ResourcesList or RequestMethods.ResourcesTemplatesList or RequestMethods.ResourcesSubscribe or RequestMethods.ResourcesUnsubscribe
            or RequestMethods.PromptsList or RequestMethods.PromptsGet or RequestMethods.CompletionComplete or RequestMethods.SubscriptionsListen
            or Tasks.TasksExtension.TasksGetMethod => AccessRight.Read,

        // tasks/cancel and tasks/update, and whatever nobody has thought of.
        _ => AccessRight.Write,
    };

    /// <summary>The call is understood as it will be when it is made: "abort" may mean cancel, and "money" the spending.</summary>
    private AccessRight FindRequiredForTool(JsonObject? parameters)
    {
        // The dispatcher refuses an unknown tool, and names those that there are.
        if (GetText(parameters, "name") is not { } name || tools.Find(name) is not var (tool, definition))
        {
            return AccessRight.Read;
        }

        // What does more each time it is called makes images, whatever its arguments are; those may be megabytes.
        if (definition.Annotations is not { IdempotentHint: true })
        {
            return AccessRight.Write;
        }

        var bound = binder.Bind(tool, definition.InputSchema, Nobody, ReadArguments(parameters!));
        return bound.Call.FindRequiredRight() ?? (definition.Annotations?.ReadOnlyHint is true ? AccessRight.Read : AccessRight.Write);
    }

    private static Dictionary<string, JsonElement> ReadArguments(JsonObject parameters) =>
        (parameters["arguments"] as JsonObject)?.ToDictionary(argument => argument.Key, argument => ToElement(argument.Value)) ?? [];

    private static JsonElement ToElement(JsonNode? node)
    {
        using var document = JsonDocument.Parse(node?.ToJsonString() ?? "null");
        return document.RootElement.Clone();
    }

    private static bool IsSpending(JsonObject? parameters) => GetText(parameters, "uri") is SpendingResource.ResourceUri;

    private static string? GetText(JsonObject? members, string name) => members?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
