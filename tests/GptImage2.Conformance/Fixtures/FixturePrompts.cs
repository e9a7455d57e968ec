using System.ComponentModel;

namespace GptImage2.Conformance.Fixtures;

/// <summary>One prompt for each kind of message.</summary>
[McpServerPromptType]
internal sealed class FixturePrompts
{
    [McpServerPrompt(Name = "test_simple_prompt"), Description("Text")]
    public static PromptMessage Text() => Say("This is a simple prompt for testing.");

    [McpServerPrompt(Name = "test_prompt_with_arguments"), Description("Text with arguments")]
    public static PromptMessage TextWith(string arg1, string arg2) => Say($"Prompt with arguments: arg1='{arg1}', arg2='{arg2}'");

    [McpServerPrompt(Name = "test_prompt_with_embedded_resource"), Description("Embedded resource")]
    public static IEnumerable<PromptMessage> Embedded(string resourceUri) =>
    [
        new()
        {
            Role = Role.User,
            Content = new EmbeddedResourceBlock { Resource = new TextResourceContents { Uri = resourceUri, MimeType = "text/plain", Text = "Embedded resource content for testing." } },
        },
        Say("Please process the embedded resource above."),
    ];

    [McpServerPrompt(Name = "test_prompt_with_image"), Description("Image")]
    public static IEnumerable<PromptMessage> Image() =>
        [new() { Role = Role.User, Content = ImageContentBlock.FromBytes(SampleFiles.Png, "image/png") }, Say("Please analyze the image above.")];

    [McpServerPrompt(Name = "test_input_required_result_prompt"), Description("Asks the user")]
    public static PromptMessage Ask(RequestContext<GetPromptRequestParams> request) => request.Params.InputResponses?.TryGetValue("user_context", out var answer) is true
        ? Say($"Context: {answer.RawValue}")
        : throw Questions.Require("user_context", Questions.Ask("What context should the prompt use?", "context"));

    private static PromptMessage Say(string text) => new() { Role = Role.User, Content = new TextContentBlock { Text = text } };
}
