using System.Text;
using System.Text.RegularExpressions;

namespace GptImage2.Mcp.Prompts.Templates;

/// <summary>Text with named holes, sections and calls, ready to be filled as often as needed. Values are data: a hole in a value stays as it is.</summary>
internal sealed partial class CompiledTemplate(IReadOnlyList<TemplateNode> parts)
{
    /// <summary>Every hole and section with its line, in order.</summary>
    public IEnumerable<(string Name, int Line)> Variables => parts.SelectMany(part => part.Variables);

    /// <summary>Every call with its line, in order, before anything is filled in.</summary>
    public IEnumerable<(string Tool, int Line)> Calls => parts.SelectMany(part => part.Calls);

    /// <exception cref="TemplateCallException">A call is no JSON once its holes are filled.</exception>
    public string Render(TemplateContext values)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            part.Render(text, values);
        }

        return EmptyLines.Replace(text.ToString().Trim(), "\n\n");
    }

    /// <summary>What sections that were left out leave behind.</summary>
    [GeneratedRegex(@"\n(?:[ \t]*\n){2,}")]
    private static partial Regex EmptyLines { get; }
}

/// <summary>A call in a template is no JSON once its holes are filled.</summary>
/// <param name="line">From 1, in the template's file.</param>
internal sealed class TemplateCallException(int line, string message) : Exception(message)
{
    public int Line { get; } = line;
}
