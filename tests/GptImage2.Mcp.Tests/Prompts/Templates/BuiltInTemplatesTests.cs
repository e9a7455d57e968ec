using GptImage2.Mcp.Prompts.Guides;
using GptImage2.Mcp.Prompts.Templates;
using GptImage2.Mcp.Server;
using GptImage2.Mcp.Tests.Repository;
using GptImage2.Mcp.Tools.Help;
using GptImage2.Testing.Hosts;
using Microsoft.Extensions.DependencyInjection;
using SharpToken;

namespace GptImage2.Mcp.Tests.Prompts.Templates;

/// <summary>What holds for every template and guide of ours, the next one included.</summary>
public sealed class BuiltInTemplatesTests(McpServerFixture server) : IClassFixture<McpServerFixture>
{
    /// <summary>Advice that is given elsewhere and that nothing stands behind here.</summary>
    private static readonly string[] NeverSaid = ["lock the seed", "same seed", "3840x3840", "gpt-image-1.5", "negative_prompt"];

    private static readonly GptEncoding Tokens = GptEncoding.GetEncoding("o200k_base");

    private IServiceProvider Services => server.Server.Services;

    private IReadOnlyList<Template> Templates => Services.GetRequiredService<TemplateLibrary>().All;

    [Fact]
    public void Every_template_can_be_used_and_its_tools_would_accept_its_calls()
    {
        Services.GetRequiredService<TemplateValidator>().FindProblems().ShouldBeEmpty();

        Templates.Count.ShouldBeGreaterThanOrEqualTo(16);
    }

    [Fact]
    public void Every_template_renders_under_1200_tokens_even_with_long_values()
    {
        foreach (var template in Templates)
        {
            Tokens.CountTokens(template.Render(template.Arguments.Aggregate(TemplateContext.Empty, (values, argument) => values.With(argument.Name, Long(argument))))).ShouldBeLessThan(1200, template.Name);
            Tokens.CountTokens(template.Render(TemplateBinder.BindPlaceholders(template))).ShouldBeLessThan(1200, template.Name);
        }
    }

    [Fact]
    public void Every_guide_renders_under_1500_tokens()
    {
        var guides = Services.GetRequiredService<GuideLibrary>();

        guides.All.Count.ShouldBeGreaterThanOrEqualTo(8);
        guides.All.Select(guide => guide.Name).ShouldBe(Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "guides"), "*.md").Select(Path.GetFileNameWithoutExtension), ignoreOrder: true);
        foreach (var guide in guides.All)
        {
            Tokens.CountTokens(guides.Render(guide)).ShouldBeLessThan(1500, guide.Name);
        }
    }

    [Fact]
    public void Templates_and_guides_share_no_name_and_name_no_topic_that_is_not_there()
    {
        var knowledge = Services.GetRequiredService<HelpContent>();
        string[] topics = [.. knowledge.Topics];

        topics.ShouldBeUnique();
        topics.SelectMany(topic => TopicMentions.FindAll(knowledge.Find(topic)!)).Except(["sizes", "models", "limits", "roles", "spending", .. topics]).ShouldBeEmpty();
    }

    [Fact]
    public void No_template_gives_advice_that_nothing_stands_behind()
    {
        foreach (var template in Templates)
        {
            var filled = template.Render(TemplateBinder.BindPlaceholders(template));
            NeverSaid.Where(words => filled.Contains(words, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty(template.Name);
        }
    }

    [Fact]
    public void Every_call_says_how_well_to_draw_and_every_template_looks_at_the_result()
    {
        foreach (var template in Templates)
        {
            RenderedToolCall[] calls = [.. RenderedToolCall.Parse(template.Render(TemplateBinder.BindPlaceholders(template)))];
            calls.Where(call => call.Tool is "generate_image" or "edit_with_references" or "inpaint_region" or "create_storyboard" && !call.Arguments.TryGetProperty("dry_run", out _))
                .ShouldAllBe(call => call.Arguments.GetRawText().Contains("\"quality\":"), template.Name);
            calls.ShouldContain(call => call.Tool == "view_image", template.Name);
        }
    }

    /// <summary>As long as people write, and a list as long as a page of comics.</summary>
    private static string[] Long(TemplateArgument argument) => argument switch
    {
        { Values: not null } or { Choices.Count: > 0 } => [argument.Default ?? "img_0123456789abcdef"],
        { Default: { } value } when double.TryParse(value, out _) => [value],
        { IsList: true } => ["a rider at a river crossing at dawn", "the bridge is gone", "she turns back", "night, the fire", "\"We go north.\"", "the pass in snow"],
        _ => ["a weathered brass lantern with a cracked lens, on a wet quay at dusk, lit from the left"],
    };
}
