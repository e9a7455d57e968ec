using System.Text.RegularExpressions;

namespace GptImage2.Mcp.Templates;

/// <summary>Reads a template's text line by line, so that every complaint has its line.</summary>
internal sealed partial class HoleParser(string file, int firstLine)
{
    private readonly Stack<Open> _open = new([new Open("", null, false, firstLine)]);
    private readonly List<TemplateProblem> _problems = [];
    private int _line = firstLine;

    /// <summary>What has to be mended; the text is of use only when this is empty.</summary>
    public IReadOnlyList<TemplateProblem> Problems => _problems;

    private bool InCall => _open.Any(open => open.Tool is not null);

    public HoleText Parse(string text)
    {
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            Read(line);
            _line++;
        }

        while (_open.Count > 1)
        {
            var open = _open.Pop();
            Complain(open.Line, open.Tool is not null ? $"the call of {open.Tool} is never closed; expected a line ```" : $"{{{{#{open.Name}}}}} is never closed; expected {{{{/{open.Name}}}}}");
        }

        return new HoleText(_open.Pop().Parts);
    }

    private void Read(string line)
    {
        if (CallLine.Match(line) is { Success: true } call)
        {
            _open.Push(new Open("", call.Groups["tool"].Value, false, _line));
        }
        else if (line.TrimEnd() is "```" && _open.Peek().Tool is { } tool)
        {
            var closed = _open.Pop();
            Add(new HolePart.Call(tool, closed.Parts, closed.Line));
        }
        else if (SectionLine.IsMatch(line))
        {
            Tags(line.Trim());
        }
        else
        {
            Tags(line + "\n");
        }
    }

    private void Tags(string text)
    {
        var from = 0;
        foreach (Match tag in Tag.Matches(text))
        {
            Words(text[from..tag.Index]);
            Take(tag);
            from = tag.Index + tag.Length;
        }

        Words(text[from..]);
    }

    private void Take(Match tag)
    {
        var name = tag.Groups["name"].Value;
        switch (tag.Groups["kind"].Value)
        {
            case "":
                Add(new HolePart.Hole(name, tag.Groups["form"].Success, InCall, _line));
                break;
            case "/" when _open.Peek() is { Tool: null, Name.Length: > 0 } section && section.Name == name:
                _open.Pop();
                Add(new HolePart.Section(name, section.Inverted, section.Parts, section.Line));
                break;
            case "/":
                Complain(_line, $"{{{{/{name}}}}} closes nothing; {(_open.Peek() is { Name.Length: > 0 } open ? $"open is {{{{#{open.Name}}}}} of line {open.Line}" : "no section is open here")}");
                break;
            case var kind:
                _open.Push(new Open(name, null, kind is "^", _line));
                break;
        }
    }

    private void Words(string text)
    {
        if (text.Contains("{{", StringComparison.Ordinal))
        {
            Complain(_line, "a hole is {{name}}, {{name:spelled}}, {{#name}}, {{^name}} or {{/name}}; name consists of a-z, 0-9 and _");
        }

        if (text.Length > 0)
        {
            Add(new HolePart.Words(text));
        }
    }

    private void Add(HolePart part) => _open.Peek().Parts.Add(part);

    private void Complain(int line, string message) => _problems.Add(new TemplateProblem(file, line, message));

    [GeneratedRegex(@"^```call[ \t]+(?<tool>\S+)\s*$")]
    private static partial Regex CallLine { get; }

    [GeneratedRegex(@"^\s*(?:\{\{[#^/][a-z0-9_]+\}\}\s*)+$")]
    private static partial Regex SectionLine { get; }

    [GeneratedRegex(@"\{\{(?<kind>[#^/]?)(?<name>[a-z0-9_]+|\.)(?<form>:spelled)?\}\}")]
    private static partial Regex Tag { get; }

    /// <summary>A section or a call whose end has not been read yet.</summary>
    private sealed record Open(string Name, string? Tool, bool Inverted, int Line)
    {
        public List<HolePart> Parts { get; } = [];
    }
}
