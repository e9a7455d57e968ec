using GptImage2.Mcp.Prompts.Templates;

namespace GptImage2.Mcp.Tests.Prompts.Templates;

public sealed class CompiledTemplateTests
{
    private static readonly TemplateContext Values = TemplateContext.Empty.With("who", "a fox").With("scenes", "one", "two").With("quoted", "say \"hi\"\nand {{who}}").With("name", "Écume");

    [Theory]
    [InlineData("Draw {{who}}.", "Draw a fox.")]
    [InlineData("{{scenes}}", "one, two")]
    [InlineData("{{name:spelled}}, {{who:spelled}}", "É-c-u-m-e, a f-o-x")]
    [InlineData("{{#who}}yes{{/who}}{{^who}}no{{/who}}", "yes")]
    [InlineData("{{#nobody}}yes{{/nobody}}{{^nobody}}no{{/nobody}}", "no")]
    [InlineData("{{#scenes}}{{number}}. {{.}} of {{who}}; {{/scenes}}", "1. one of a fox; 2. two of a fox;")]
    [InlineData("{{#scenes}}{{number+2}} {{/scenes}}and {{number+2}}", "3 4 and")]
    [InlineData("{{quoted}}", "say \"hi\"\nand {{who}}")]
    [InlineData("a\n{{#who}}\nb\n{{/who}}\nc", "a\nb\nc")]
    [InlineData("a\n  {{^who}}\nb\n{{/who}}\nc", "a\nc")]
    [InlineData("a\n\n{{^who}}\nb\n{{/who}}\n\nc", "a\n\nc")]
    public void Holes_are_filled(string text, string expected) => Parsed(text).Render(Values).ShouldBe(expected);

    [Fact]
    public void A_call_reaches_the_agent_as_compact_JSON_with_values_escaped() =>
        Parsed(
            """
            ```call generate_image
            {
              "prompt": "{{quoted}} é",
              {{#nobody}}
              "count": 4,
              {{/nobody}}
            }
            ```
            """)
            .Render(Values)
            .ShouldBe("Call `generate_image`:\n```json\n{\"prompt\":\"say \\\"hi\\\"\\nand {{who}} é\"}\n```");

    [Theory]
    [InlineData("a\n{{#who}}\nb", 2, "{{#who}} is never closed")]
    [InlineData("a\n{{/who}}", 2, "{{/who}} closes nothing")]
    [InlineData("{{#a}}\n{{#b}}\n{{/a}}\n{{/b}}{{/a}}", 3, "{{/a}} closes nothing; open is {{#b}} of line 2")]
    [InlineData("a\n\n{{ who }}", 3, "a tag is {{name}}")]
    [InlineData("{{Who}}", 1, "a tag is {{name}}")]
    [InlineData("{{who+2}}", 1, "a tag is {{name}}")]
    [InlineData("```call generate_image\n{}\n", 1, "the call of generate_image is never closed")]
    public void What_cannot_be_read_is_reported_with_its_line(string text, int line, string complaint)
    {
        var parser = new TemplateParser("x.md", 1);

        parser.Parse(text);

        parser.Problems[0].Line.ShouldBe(line);
        parser.Problems[0].Message.ShouldContain(complaint);
    }

    [Fact]
    public void A_call_that_is_no_JSON_is_reported_with_its_line() =>
        Should.Throw<TemplateCallException>(() => Parsed("a\n```call view_image\n{\n\"image\": {{who}}\n}\n```").Render(Values)).Line.ShouldBe(4);

    private static CompiledTemplate Parsed(string text)
    {
        var parser = new TemplateParser("x.md", 1);
        var parsed = parser.Parse(text);
        parser.Problems.ShouldBeEmpty();
        return parsed;
    }
}
