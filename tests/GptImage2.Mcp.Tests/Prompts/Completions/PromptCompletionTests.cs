using GptImage2.Generation.Requests;
using GptImage2.Mcp.Prompts.Completions;
using GptImage2.Mcp.Prompts.Templates;
using GptImage2.Testing.Hosts;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using Reference = ModelContextProtocol.Protocol.Reference;

namespace GptImage2.Mcp.Tests.Prompts.Completions;

/// <summary>The arguments of prompts and the names of guides, whatever prompts and guides there are.</summary>
public sealed class PromptCompletionTests
{
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
    [InlineData("", "roles masks")]
    [InlineData("ma", "masks")]
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
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        var handler = new CompletionHandler(server.Services.GetRequiredService<ValueCompletions>(), new PosterPrompt());
        var request = new CompleteRequestParams { Ref = reference, Argument = new Argument { Name = argument, Value = typed } };
        return string.Join(' ', (await handler.CompleteAsync(Caller.Local, request, Cancellation)).Completion.Values);
    }

    private sealed class PosterPrompt : IPromptMetadata
    {
        public IEnumerable<string> PromptNames => ["poster"];

        public IEnumerable<string> GuideNames => ["roles", "masks"];

        public string? GetValueKind(string prompt, string argument) => argument is "quality" or "qualities" ? "qualities" : null;

        public IReadOnlyList<string>? GetChoices(string prompt, string argument) => argument is "mood" ? ["dawn", "noon", "dusk"] : null;

        public bool IsList(string prompt, string argument) => argument is "qualities";
    }
}
