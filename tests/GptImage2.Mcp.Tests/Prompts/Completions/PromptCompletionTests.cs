using GptImage2.Mcp.Prompts.Templates;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Mcp;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using Reference = ModelContextProtocol.Protocol.Reference;

namespace GptImage2.Mcp.Tests.Prompts.Completions;

/// <summary>The arguments of prompts and the names of guides, whatever prompts and guides there are.</summary>
public sealed class PromptCompletionTests
{
    private const string Poster =
        """
        ---
        name: poster
        title: A poster
        description: Designs a poster.
        arguments:
          - name: subject
            description: What it shows
          - name: quality
            description: How well
            values: qualities
          - name: qualities
            description: How well, several times
            values: qualities
            list: true
          - name: mood
            description: The time of day
            values: [dawn, noon, dusk]
        ---
        Design a poster.
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("quality", "h", "high")]
    [InlineData("mood", "D", "dawn dusk")]
    [InlineData("subject", "a", "")]
    [InlineData("nothing", "a", "")]
    [InlineData("qualities", "lo", "low")]
    [InlineData("qualities", "low; me", "low; medium")]
    [InlineData("qualities", "low;me", "low;medium")]
    [InlineData("qualities", "low\nhi", "low\nhigh")]
    [InlineData("quality", "low; me", "")]
    public async Task An_argument_is_completed_with_what_it_takes(string argument, string typed, string expected) =>
        (await CompleteAsync(new PromptReference { Name = "poster" }, argument, typed)).ShouldBe(expected);

    [Theory]
    [InlineData("ref", "reference-roles")]
    [InlineData("model", "model-limits which-model")]
    public async Task The_name_of_a_guide_is_completed(string typed, string expected) =>
        (await CompleteAsync(new ResourceTemplateReference { Uri = "guide://{name}" }, "name", typed)).ShouldBe(expected);

    [Fact]
    public async Task Every_argument_of_our_templates_is_completed_with_what_can_be_told_beforehand()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        var values = server.Services.GetRequiredService<TemplateValueKinds>();
        foreach (var template in server.Services.GetRequiredService<TemplateLibrary>().All)
        {
            foreach (var argument in template.Arguments)
            {
                var completed = await server.Client.CompleteAsync(new PromptReference { Name = template.Name }, argument.Name, "", cancellationToken: Cancellation);

                string.Join(' ', completed.Completion.Values).ShouldBe(string.Join(' ', values.GetChoices(argument) ?? []), $"{template.Name} {argument.Name}");
            }
        }
    }

    private static async Task<string> CompleteAsync(Reference reference, string argument, string typed)
    {
        using var folders = new TestFolders();
        await File.WriteAllTextAsync(Path.Combine(folders.Work, "poster.md"), Poster, Cancellation);
        await using var server = await McpHost.StartAsync([("GPTIMAGE2_TEMPLATES", folders.Work)], cancellationToken: Cancellation);
        var completed = await server.Client.CompleteAsync(reference, argument, typed, cancellationToken: Cancellation);
        return string.Join(' ', completed.Completion.Values);
    }
}
