namespace GptImage2.Edits.Templates;

/// <summary>The same with the service itself, as far as there is a stand-in of it.</summary>
public sealed class OpenAITemplateTests(OpenAITemplateRunner stage) : IClassFixture<OpenAITemplateRunner>
{
    public static TheoryData<string> Names() => [.. TemplateFiles.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task With_the_fewest_arguments_the_service_refuses_nothing(string name) => await PlayAsync(await stage.PromptAsync(name, all: false));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task With_all_arguments_the_service_refuses_nothing(string name) => await PlayAsync(await stage.PromptAsync(name, all: true));

    private async Task PlayAsync(string text)
    {
        var (requests, orders) = stage.Counts;

        var drawn = await stage.RunCallsAsync(text);

        stage.Counts.ShouldBe((requests + drawn, orders + drawn));
    }
}
