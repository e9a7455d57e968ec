using System.ComponentModel;
using static ModelContextProtocol.Protocol.ElicitRequestParams;

namespace GptImage2.Conformance.Fixtures;

/// <summary>Tools that remember between rounds, in a state that the client carries.</summary>
[McpServerToolType]
internal sealed class InputStateTools
{
    private static InputRequest Confirmation => Questions.Ask("Please confirm", "ok", new BooleanSchema());

    [McpServerTool(Name = "test_input_required_result_request_state"), Description("Confirms")]
    public static string Confirm(RequestContext<CallToolRequestParams> request) =>
        request.Params.RequestState is { } state && RequestState.Verify(state) is "confirm" && Questions.FindAnswer(request, "confirm") is not null
            ? "state-ok"
            : throw Questions.Require("confirm", Confirmation, RequestState.Sign("confirm"));

    [McpServerTool(Name = "test_input_required_result_tampered_state"), Description("Confirms")]
    public static string ConfirmSafely(RequestContext<CallToolRequestParams> request) =>
        request.Params.RequestState is { } state ? RequestState.Verify(state) : throw Questions.Require("confirm", Confirmation, RequestState.Sign("tampered"));

    [McpServerTool(Name = "test_input_required_result_multiple_inputs"), Description("Asks three things at once")]
    public static string AskAll(RequestContext<CallToolRequestParams> request)
    {
        var questions = new Dictionary<string, InputRequest>
        {
            ["user_name"] = Questions.Ask("What is your name?", "name"),
            ["greeting"] = Questions.Sample("Generate a greeting", 50),
            ["client_roots"] = Questions.Roots,
        };
        return questions.Keys.All(key => Questions.FindAnswer(request, key) is not null) && RequestState.Verify(request.Params.RequestState) is "many"
            ? "all inputs received"
            : throw new InputRequiredException(questions, RequestState.Sign("many"));
    }

    [McpServerTool(Name = "test_input_required_result_multi_round"), Description("Asks one thing after the other")]
    public static string AskInTurn(RequestContext<CallToolRequestParams> request)
    {
        var state = request.Params.RequestState is { } signed ? RequestState.Verify(signed) : "";
        return state switch
        {
            ['n', ':', .. var name] when Questions.FindText(request, "step2", "color") is { } color => $"{name} likes {color}",
            "first" when Questions.FindText(request, "step1", "name") is { } name =>
                throw Questions.Require("step2", Questions.Ask("Step 2: What is your favorite color?", "color"), RequestState.Sign($"n:{name}")),
            _ => throw Questions.Require("step1", Questions.Ask("Step 1: What is your name?", "name"), RequestState.Sign("first")),
        };
    }
}
