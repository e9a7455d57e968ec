namespace GptImage2.Mcp.Prompts.Templates;

/// <summary>Reads a template's text line by line, so that every complaint has its line.</summary>
internal sealed partial class TemplateParser(string file, int firstLine)
{
    private readonly Stack<OpenFrame> _frames = new([new OpenFrame("", null, false, firstLine)]);
    private readonly List<TemplateProblem> _problems = [];
    private int _line = firstLine;

    /// <summary>What has to be fixed; the text is of use only when this is empty.</summary>
    public IReadOnlyList<TemplateProblem> Problems => _problems;

    private bool InCall => _frames.Any(open => open.Tool is not null);

    public CompiledTemplate Parse(string text)
    {
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            ParseLine(line);
            _line++;
        }

        while (_frames.Count > 1)
        {
            var open = _frames.Pop();
            AddProblem(open.Line, open.Tool is not null ? $"the call of {open.Tool} is never closed; expected a line ```" : $"{{{{#{open.Name}}}}} is never closed; expected {{{{/{open.Name}}}}}");
        }

        return new CompiledTemplate(_frames.Pop().Parts);
    }

    private void ParseLine(string line)
    {
        if (CallLine.Match(line) is { Success: true } call)
        {
            _frames.Push(new OpenFrame("", call.Groups["tool"].Value, false, _line));
        }
        else if (line.TrimEnd() is "```" && _frames.Peek().Tool is { } tool)
        {
            var closed = _frames.Pop();
            AddNode(new TemplateNode.ToolCallBlock(tool, closed.Parts, closed.Line));
        }
        else if (SectionLine.IsMatch(line))
        {
            ParseTags(line.Trim());
        }
        else
        {
            ParseTags(line + "\n");
        }
    }

    private void ParseTags(string text)
    {
        var from = 0;
        foreach (Match tag in Tag.Matches(text))
        {
            AddText(text[from..tag.Index]);
            HandleTag(tag);
            from = tag.Index + tag.Length;
        }

        AddText(text[from..]);
    }

    private void HandleTag(Match tag)
    {
        var name = tag.Groups["name"].Value;
        switch (tag.Groups["kind"].Value)
        {
            case "":
                var added = tag.Groups["added"] is { Success: true, ValueSpan: var digits } ? int.Parse(digits) : 0;
                AddNode(new TemplateNode.Variable(name, tag.Groups["form"].Success, InCall, _line) { Added = added });
                break;
            case "/" when _frames.Peek() is { Tool: null, Name.Length: > 0 } section && section.Name == name:
                _frames.Pop();
                AddNode(new TemplateNode.Section(name, section.Inverted, section.Parts, section.Line));
                break;
            case "/":
                AddProblem(_line, $"{{{{/{name}}}}} closes nothing; {(_frames.Peek() is { Name.Length: > 0 } open ? $"open is {{{{#{open.Name}}}}} of line {open.Line}" : "no section is open here")}");
                break;
            case var kind:
                _frames.Push(new OpenFrame(name, null, kind is "^", _line));
                break;
        }
    }

    private void AddText(string text)
    {
        if (text.Contains("{{", StringComparison.Ordinal))
        {
            AddProblem(_line, "a tag is {{name}}, {{name:spelled}}, {{number+1}}, {{#name}}, {{^name}} or {{/name}}; name consists of a-z, 0-9 and _");
        }

        if (text.Length > 0)
        {
            AddNode(new TemplateNode.Literal(text, _line));
        }
    }

    private void AddNode(TemplateNode part) => _frames.Peek().Parts.Add(part);

    private void AddProblem(int line, string message) => _problems.Add(new TemplateProblem(file, line, message));

    [GeneratedRegex(@"^```call[ \t]+(?<tool>\S+)\s*$")]
    private static partial Regex CallLine { get; }

    [GeneratedRegex(@"^\s*(?:\{\{[#^/][a-z0-9_]+\}\}\s*)+$")]
    private static partial Regex SectionLine { get; }

    [GeneratedRegex(@"\{\{(?<kind>[#^/]?)(?<name>[a-z0-9_]+|\.)(?:(?<form>:spelled)|(?<=\{\{number)\+(?<added>[0-9]{1,2}))?\}\}")]
    private static partial Regex Tag { get; }

    /// <summary>A section or a call whose end has not been read yet.</summary>
    private sealed record OpenFrame(string Name, string? Tool, bool Inverted, int Line)
    {
        public List<TemplateNode> Parts { get; } = [];
    }
}
