using GptImage2.Mcp.Prompts.Templates;

namespace GptImage2.Mcp.Tests.Prompts.Templates;

public sealed class TemplateFileReaderTests
{
    [Fact]
    public void A_header_and_a_text_make_a_template()
    {
        var template = Read("""
            ---
            name: mine
            title: My own
            description: Draws mine.
            arguments:
              - name: subject
                description: What it shows
                required: true
              - name: quality
                description: How well
                values: qualities
                default: high
              - name: mood
                description: Its mood
                values: [calm, wild]
                shown: true
              - name: words
                description: What it says
                list: true
            ---
            Draw {{subject}}.
            """).Template!;

        template.Title.ShouldBe("My own");
        template.Arguments.Select(argument => argument.Name).ShouldBe(["subject", "quality", "mood", "words"]);
        template.Arguments[0].Required.ShouldBeTrue();
        template.Arguments[1].ShouldSatisfyAllConditions(quality => quality.Values.ShouldBe("qualities"), quality => quality.Default.ShouldBe("high"));
        template.Arguments[2].Choices.ShouldBe(["calm", "wild"]);
        template.Arguments[3].IsList.ShouldBeTrue();
        template.Arguments.Select(argument => argument.Shown).ShouldBe([false, false, true, false]);
    }

    [Theory]
    [InlineData("Draw {{subject}}.", "mine.md:1: expected a header")]
    [InlineData("---\nname: mine\ntitle: x\n", "mine.md:1: expected a header")]
    [InlineData("---\nname: mine\ndescription: y\n---\nDraw.", "title: expected a text but received nothing")]
    [InlineData("---\nname: other\ntitle: x\ndescription: y\n---\nDraw.", "name: expected the file's own, \"mine\", but received \"other\"")]
    [InlineData("---\nname: mine\ntitle: x\ndescription: y\nauthor: me\n---\nDraw.", "mine.md:5: author: expected one of name, title, description, arguments")]
    [InlineData("---\nname: mine\ntitle: x\ndescription: y\n---\nDraw\n{{subject}}.", "mine.md:7: {{subject}} is not declared; the header declares no arguments")]
    [InlineData("---\nname: mine\ntitle: x\ndescription: y\narguments:\n  - name: a\n    description: b\n    values: pictures\n---\n{{a}}", "mine.md:8: values: expected images, jobs, numbers, presets, qualities, roles")]
    [InlineData("---\nname: mine\ntitle: x\ndescription: y\narguments:\n  - name: a\n    description: b\n    required: true\n    default: c\n---\n{{a}}", "mine.md:6: a: expected either required or a default but received both")]
    [InlineData("---\nname: mine\ntitle: x\ndescription: y\narguments:\n  - name: a\n    description: b\n  - name: a\n    description: b\n---\n{{a}}", "mine.md:8: a: declared twice")]
    [InlineData("---\nname: mine\ntitle: x\ndescription: y\narguments: subject\n---\nDraw.", "arguments: expected a list")]
    [InlineData("---\nname: mine\ntitle: [x\n---\nDraw.", "the header cannot be read")]
    [InlineData("---\n- name\n---\nDraw.", "the header: expected lines such as \"title: …\"")]
    public void What_has_to_be_fixed_is_reported_with_file_and_line(string text, string problem)
    {
        var (template, problems) = Read(text);

        template.ShouldBeNull();
        problems.ShouldContain(line => line.Contains(problem, StringComparison.Ordinal), string.Join('\n', problems));
    }

    private static (Template? Template, string[] Problems) Read(string text)
    {
        var problems = new List<TemplateProblem>();
        var template = new TemplateFileReader([]).Read("mine.md", text, problems);
        return (template, [.. problems.Select(problem => problem.ToString())]);
    }
}
