namespace GptImage2.Edits.Templates;

/// <summary>Whoever makes the calls of a template as they stand gets what it promises.</summary>
public sealed class SketchTemplateTests(SketchTemplateRunner stage) : IClassFixture<SketchTemplateRunner>
{
    public static TheoryData<string> Names() => [.. TemplateFiles.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task With_the_fewest_arguments_every_call_is_accepted(string name) => await stage.RunCallsAsync(await stage.PromptAsync(name, all: false));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task With_all_arguments_every_call_is_accepted(string name) => await stage.RunCallsAsync(await stage.PromptAsync(name, all: true));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_agent_that_knows_only_tools_can_do_the_same(string name) => await stage.RunCallsAsync(await stage.TopicAsync(name));
}
