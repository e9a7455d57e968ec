using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace GptImage2.Mcp.Prompts.Templates;

/// <summary>Reads one file: a header between two lines of dashes, then the text.</summary>
/// <param name="facts">Names of variables that need no argument.</param>
internal sealed class TemplateFileReader(IEnumerable<string> facts)
{
    private const string Fence = "---";

    private readonly HashSet<string> _knownVariables = [TemplateContext.ItemVariable, TemplateContext.NumberVariable, .. facts];

    /// <param name="problems">Receives what has to be fixed.</param>
    /// <returns>The template, or null when something has to be fixed first.</returns>
    public Template? Read(string file, string text, List<TemplateProblem> problems)
    {
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        var end = lines[0].TrimEnd() is Fence ? Array.FindIndex(lines, 1, line => line.TrimEnd() is Fence) : -1;
        if (end < 0)
        {
            problems.Add(new TemplateProblem(file, 1, "expected a header (name, title, description, arguments) between two lines --- but received none"));
            return null;
        }

        var header = new TemplateHeaderReader(file);
        var parser = new TemplateParser(file, end + 2);
        var body = parser.Parse(string.Join('\n', lines[(end + 1)..]));
        var template = ParseHeader(file, lines[1..end], problems) is { } yaml ? header.Read(yaml, body) : null;
        TemplateProblem[] found = [.. header.Problems, .. parser.Problems, .. template is null ? [] : FindUndeclaredVariables(template)];
        problems.AddRange(found);
        return found is [] ? template : null;
    }

    private static YamlMappingNode? ParseHeader(string file, string[] lines, List<TemplateProblem> problems)
    {
        try
        {
            // A line first, so that YAML counts as the file does.
            var stream = new YamlStream();
            stream.Load(new StringReader("\n" + string.Join('\n', lines)));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
            {
                return root;
            }

            problems.Add(new TemplateProblem(file, 2, "the header: expected lines such as \"title: …\" but received something else"));
        }
        catch (YamlException invalid)
        {
            problems.Add(new TemplateProblem(file, (int)invalid.Start.Line, $"the header cannot be read: {invalid.Message}"));
        }

        return null;
    }

    private IEnumerable<TemplateProblem> FindUndeclaredVariables(Template template)
    {
        string[] declared = [.. template.Arguments.Select(argument => argument.Name)];
        return
            from variable in template.Body.Variables
            where !declared.Contains(variable.Name) && !_knownVariables.Contains(variable.Name)
            select new TemplateProblem(template.File, variable.Line, $"{{{{{variable.Name}}}}} is not declared; the header declares {(declared is [] ? "no arguments" : string.Join(", ", declared))}");
    }
}
