using System.ComponentModel;

namespace GptImage2.Conformance.Fixtures;

/// <summary>Tools that ask in their result and are called again with the answers.</summary>
[McpServerToolType]
internal sealed class InputTools
{
    [McpServerTool(Name = "test_input_required_result_elicitation"), Description("Asks the user")]
    public static string Ask(RequestContext<CallToolRequestParams> request) =>
        Questions.FindText(request, "user_name", "name") is { } name ? $"Hello, {name}!" : throw Questions.Require("user_name", Questions.Ask("What is your name?", "name"));

    [McpServerTool(Name = "test_streaming_elicitation"), Description("Asks the user")]
    public static string AskInStream(RequestContext<CallToolRequestParams> request) => Ask(request);

    [McpServerTool(Name = "test_input_required_result_sampling"), Description("Asks the client's model")]
    public static string Sample(RequestContext<CallToolRequestParams> request) =>
        Questions.FindAnswer(request, "capital_question")?.Deserialize(InputResponse.CreateMessageResultJsonTypeInfo) is { } answer
            ? answer.Content.OfType<TextContentBlock>().First().Text
            : throw Questions.Require("capital_question", Questions.Sample("What is the capital of France?", 100));

    [McpServerTool(Name = "test_input_required_result_list_roots"), Description("Asks for the client's roots")]
    public static string ListRoots(RequestContext<CallToolRequestParams> request) =>
        Questions.FindAnswer(request, "client_roots")?.Deserialize(InputResponse.ListRootsResultJsonTypeInfo) is { } answer
            ? string.Join(",", answer.Roots.Select(root => root.Uri))
            : throw Questions.Require("client_roots", Questions.Roots);

    [McpServerTool(Name = "test_input_required_result_capabilities"), Description("Asks only what the client can answer")]
    public static string AskWhatIsSupported(RequestContext<CallToolRequestParams> request)
    {
        var supported = request.Server.ClientCapabilities;
        var questions = new Dictionary<string, InputRequest>();
        if (supported?.Elicitation is not null)
        {
            questions["user_name"] = Questions.Ask("What is your name?", "name");
        }

        if (supported?.Sampling is not null)
        {
            questions["greeting"] = Questions.Sample("Generate a greeting", 50);
        }

        if (supported?.Roots is not null)
        {
            questions["client_roots"] = Questions.Roots;
        }

        return request.Params.InputResponses is { Count: > 0 } || questions.Count is 0 ? "ok" : throw new InputRequiredException(questions);
    }
}
