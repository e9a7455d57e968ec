using static ModelContextProtocol.Protocol.ElicitRequestParams;

namespace GptImage2.Conformance.Fixtures;

/// <summary>Questions that travel in results, as from 2026-07-28, and their answers.</summary>
internal static class Questions
{
    public static InputRequest Roots => InputRequest.ForRootsList(new ListRootsRequestParams());

    public static InputRequest Ask(string message, string field, PrimitiveSchemaDefinition? schema = null) => InputRequest.ForElicitation(new ElicitRequestParams
    {
        Mode = "form",
        Message = message,
        RequestedSchema = new RequestSchema { Properties = new Dictionary<string, PrimitiveSchemaDefinition> { [field] = schema ?? new StringSchema() }, Required = [field] },
    });

    public static InputRequest Sample(string text, int maxTokens) => InputRequest.ForSampling(new CreateMessageRequestParams
    {
        MaxTokens = maxTokens,
        Messages = [new SamplingMessage { Role = Role.User, Content = [new TextContentBlock { Text = text }] }],
    });

    public static InputRequiredException Require(string key, InputRequest question, string? state = null) => new(new Dictionary<string, InputRequest> { [key] = question }, state);

    public static InputResponse? FindAnswer(RequestContext<CallToolRequestParams> request, string key) => request.Params.InputResponses?.TryGetValue(key, out var answer) is true ? answer : null;

    /// <returns>What the user filled in; null where they have not been asked, or declined.</returns>
    public static string? FindText(RequestContext<CallToolRequestParams> request, string key, string field)
    {
        try
        {
            return FindAnswer(request, key)?.Deserialize(InputResponse.ElicitResultJsonTypeInfo) is { IsAccepted: true, Content: { } content } && content.TryGetValue(field, out var value)
                ? value.ToString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
