using GptImage2.Mcp.Prompts.Templates;
using GptImage2.Mcp.Server;
using GptImage2.Testing.Hosts;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Prompts.Templates;

/// <summary>A user's own folder of templates.</summary>
public sealed class UserTemplatesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("templates-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task They_are_added_to_ours()
    {
        Write("my-fox", "Draw {{who}}.", "arguments:\n  - name: who\n    description: Whom to draw\n    required: true\n");
        await using var harness = await StartAsync();

        var prompts = await harness.Client.ListPromptsAsync(cancellationToken: Cancellation);
        var got = await harness.Client.GetPromptAsync("my-fox", new Dictionary<string, object?> { ["who"] = "Reynard" }, cancellationToken: Cancellation);

        prompts.Select(prompt => prompt.Name).ShouldContain("my-fox");
        prompts.Count.ShouldBeGreaterThanOrEqualTo(17);
        got.Messages.ShouldHaveSingleItem().Content.ShouldBeOfType<TextContentBlock>().Text.ShouldBe("Draw Reynard.");
    }

    [Fact]
    public async Task One_with_the_name_of_ours_stands_in_for_it()
    {
        Write("ui-mock", "Draw it my way.");
        await using var harness = await StartAsync();

        (await harness.Client.GetPromptAsync("ui-mock", cancellationToken: Cancellation)).Messages.ShouldHaveSingleItem().Content.ShouldBeOfType<TextContentBlock>().Text.ShouldBe("Draw it my way.");
    }

    [Fact]
    public async Task One_that_is_broken_is_reported_with_file_and_line_and_the_others_work()
    {
        Write("broken", "Draw\n{{colour}}.");
        Write("whole", "Draw.");
        await using var harness = await StartAsync();

        var problem = harness.Services.GetRequiredService<TemplateValidator>().FindProblems().ShouldHaveSingleItem();
        problem.File.ShouldBe(Path.Combine(_folder.FullName, "broken.md"));
        problem.Line.ShouldBe(7);
        string[] names = [.. harness.Services.GetRequiredService<TemplateLibrary>().All.Select(template => template.Name)];
        names.ShouldContain("whole");
        names.ShouldNotContain("broken");
        Topic(await harness.Client.CallToolAsync("list_presets", new Dictionary<string, object?> { ["topic"] = "templates" }, cancellationToken: Cancellation)).ShouldContain($"Left out until it is fixed: {problem}");
    }

    [Theory]
    [InlineData("generate_image", """{"prompt": "x", "seed": 1}""", "generate_image would refuse this call: seed:")]
    [InlineData("generate_picture", """{"prompt": "x"}""", "there is no such tool; there are generate_image")]
    [InlineData("inpaint_region", """{"prompt": "x", "image": "{{image}}"}""", "inpaint_region would refuse this call: region")]
    [InlineData("view_image", """{"image": }""", "expected JSON once the variables are filled")]
    public async Task A_call_that_its_tool_would_refuse_is_reported(string tool, string arguments, string problem)
    {
        Write("calling", $"Do it.\n\n```call {tool}\n{arguments}\n```", "arguments:\n  - name: image\n    description: A picture\n    values: images\n    required: true\n");
        await using var harness = await StartAsync();

        harness.Services.GetRequiredService<TemplateValidator>().FindProblems().ShouldHaveSingleItem().ToString().ShouldContain(problem);
    }

    [Fact]
    public async Task A_file_that_is_no_text_of_ours_is_left_out_by_its_size()
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder.FullName, "film.md"), new byte[200_000], Cancellation);
        await using var harness = await StartAsync();

        harness.Services.GetRequiredService<TemplateLibrary>().Problems.ShouldHaveSingleItem().Message.ShouldContain("expected at most 100000 bytes");
    }

    private Task<McpHost> StartAsync() => McpHost.StartAsync([("GPTIMAGE2_TEMPLATES", _folder.FullName)], cancellationToken: Cancellation);

    private void Write(string name, string body, string arguments = "") =>
        File.WriteAllText(Path.Combine(_folder.FullName, $"{name}.md"), $"---\nname: {name}\ntitle: T\ndescription: D.\n{arguments}---\n{body}\n");

    private static string Topic(CallToolResult result) => result.Content.OfType<TextContentBlock>().First().Text;
}
