using System.Collections.Immutable;

namespace GptImage2.Mcp.Prompts.Templates;

/// <summary>A subset of Mustache, ready to be rendered as often as needed: variables, sections, inverted sections; and tool calls, whose variables are escaped for JSON. Values are data: a tag in a value stays as it is.</summary>
internal sealed partial class CompiledTemplate(IReadOnlyList<TemplateNode> parts)
{
    private readonly IReadOnlyList<TemplateNode> _nodes = [.. parts.SelectMany(part => part.Nodes)];

    /// <summary>Every variable and section with its line, in order.</summary>
    public IEnumerable<(string Name, int Line)> Variables =>
        _nodes.Where(node => node is TemplateNode.Variable or TemplateNode.Section).Select(node => (node.Name, node.Line));

    /// <summary>Every call with its line, in order, before anything is filled in.</summary>
    public IEnumerable<(string Tool, int Line)> Calls => _nodes.OfType<TemplateNode.ToolCallBlock>().Select(call => (call.Name, call.Line));

    /// <exception cref="TemplateCallException">A call is not JSON once its variables are filled.</exception>
    public string Render(TemplateContext values)
    {
        var text = new StringBuilder();
        TemplateNode.RenderAll(parts, text, values);
        return EmptyLines.Replace(text.ToString().Trim(), "\n\n");
    }

    /// <summary>What sections that were left out leave behind.</summary>
    [GeneratedRegex(@"\n(?:[ \t]*\n){2,}")]
    private static partial Regex EmptyLines { get; }
}

/// <summary>A call in a template is not JSON once its variables are filled.</summary>
/// <param name="line">From 1, in the template's file.</param>
internal sealed class TemplateCallException(int line, string message) : Exception(message)
{
    public int Line { get; } = line;
}

/// <summary>A piece of a template. Closed: these are all there are.</summary>
/// <param name="Name">Of a variable, a section or a tool.</param>
/// <param name="Line">From 1, in the template's file.</param>
internal abstract record TemplateNode(string Name, IReadOnlyList<TemplateNode> Parts, int Line)
{
    /// <summary>This piece and all those in it, in order.</summary>
    public IEnumerable<TemplateNode> Nodes => Parts.SelectMany(part => part.Nodes).Prepend(this);

    public static void RenderAll(IEnumerable<TemplateNode> parts, StringBuilder text, TemplateContext values)
    {
        foreach (var part in parts)
        {
            part.Render(text, values);
        }
    }

    protected abstract void Render(StringBuilder text, TemplateContext values);

    /// <summary>Words as they stand.</summary>
    public sealed record Literal(string Text, int Line) : TemplateNode("", [], Line)
    {
        protected override void Render(StringBuilder text, TemplateContext values) => text.Append(Text);
    }

    /// <summary>A value; inside a call it is escaped for JSON.</summary>
    public sealed record Variable(string Name, bool Spelled, bool Escaped, int Line) : TemplateNode(Name, [], Line)
    {
        /// <summary>What the number of an item is raised by, to name the call that made it.</summary>
        public int Added { get; init; }

        protected override void Render(StringBuilder text, TemplateContext values)
        {
            var value = (Spelled, Added) switch
            {
                (true, _) => string.Join(", ", values.GetValues(Name).Select(SpellOut)),
                (_, > 0) when int.TryParse(values.Join(Name), out var number) => $"{number + Added}",
                _ => values.Join(Name),
            };
            text.Append(Escaped ? RenderedToolCall.Escape(value) : value);
        }

        private static string SpellOut(string words) => string.Join(' ', words.Split(' ').Select(word => string.Join('-', SplitLetters(word))));

        private static IEnumerable<string> SplitLetters(string word) =>
            StringInfo.ParseCombiningCharacters(word).Select(at => StringInfo.GetNextTextElement(word, at));
    }

    /// <summary>Parts that are there only when a value was given, once for each of several values; or only when it was not.</summary>
    public sealed record Section(string Name, bool Inverted, IReadOnlyList<TemplateNode> Parts, int Line) : TemplateNode(Name, Parts, Line)
    {
        protected override void Render(StringBuilder text, TemplateContext values)
        {
            var given = values.GetValues(Name);
            TemplateContext[] rounds = Inverted ? given is [] ? [values] : [] : [.. given.Select((item, index) => values.ForItem(item, index + 1))];
            foreach (var round in rounds)
            {
                RenderAll(Parts, text, round);
            }
        }
    }

    /// <summary>A tool call, whose arguments are JSON once filled.</summary>
    public sealed record ToolCallBlock(string Name, IReadOnlyList<TemplateNode> Parts, int Line) : TemplateNode(Name, Parts, Line)
    {
        protected override void Render(StringBuilder text, TemplateContext values)
        {
            var arguments = new StringBuilder();
            RenderAll(Parts, arguments, values);
            text.Append($"Call `{Name}`:\n```json\n{RenderedToolCall.Compact(arguments.ToString(), Line)}\n```\n");
        }
    }
}

/// <summary>What fills the variables: one text or several by name; absent where none was given.</summary>
internal sealed class TemplateContext(ImmutableDictionary<string, IReadOnlyList<string>> values)
{
    /// <summary>In a repeated section: the item, and its number from 1.</summary>
    public const string ItemVariable = ".";
    public const string NumberVariable = "number";

    public static TemplateContext Empty { get; } = new([]);

    public TemplateContext With(string name, params IReadOnlyList<string> value) => new(values.SetItem(name, value));

    /// <summary>Every value, or nothing when none was given.</summary>
    public IReadOnlyList<string> GetValues(string name) => values.GetValueOrDefault(name, []);

    public string Join(string name) => string.Join(", ", GetValues(name));

    /// <summary>The values as one repetition of a section sees them.</summary>
    public TemplateContext ForItem(string item, int number) =>
        With(ItemVariable, item).With(NumberVariable, $"{number}");
}
