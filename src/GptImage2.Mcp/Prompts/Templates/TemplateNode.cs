using System.Globalization;
using System.Text;

namespace GptImage2.Mcp.Prompts.Templates;

/// <summary>A piece of a template. Closed: these are all there are.</summary>
internal abstract record TemplateNode
{
    private TemplateNode()
    {
    }

    public virtual IEnumerable<(string Name, int Line)> Variables => [];

    public virtual IEnumerable<(string Tool, int Line)> Calls => [];

    public abstract void Render(StringBuilder text, TemplateContext values);

    /// <summary>Words as they stand.</summary>
    public sealed record Literal(string Text) : TemplateNode
    {
        public override void Render(StringBuilder text, TemplateContext values) => text.Append(Text);
    }

    /// <summary>A value; inside a call it is escaped for JSON.</summary>
    public sealed record Variable(string Name, bool Spelled, bool Escaped, int Line) : TemplateNode
    {
        public override IEnumerable<(string Name, int Line)> Variables => [(Name, Line)];

        public override void Render(StringBuilder text, TemplateContext values)
        {
            var value = Spelled ? string.Join(", ", values.GetValues(Name).Select(SpellOut)) : values.Join(Name);
            text.Append(Escaped ? TemplateCallJson.Escape(value) : value);
        }

        private static IEnumerable<string> SplitLetters(string word)
        {
            var letters = StringInfo.GetTextElementEnumerator(word);
            while (letters.MoveNext())
            {
                yield return letters.GetTextElement();
            }
        }

        private static string SpellOut(string words) => string.Join(' ', words.Split(' ').Select(word => string.Join('-', SplitLetters(word))));
    }

    /// <summary>Parts that are there only when a value was given, once for each of several values; or only when it was not.</summary>
    public sealed record Section(string Name, bool Inverted, IReadOnlyList<TemplateNode> Parts, int Line) : TemplateNode
    {
        public override IEnumerable<(string Name, int Line)> Variables => [(Name, Line), .. Parts.SelectMany(part => part.Variables)];

        public override IEnumerable<(string Tool, int Line)> Calls => Parts.SelectMany(part => part.Calls);

        public override void Render(StringBuilder text, TemplateContext values)
        {
            var given = values.GetValues(Name);
            TemplateContext[] rounds = Inverted ? given is [] ? [values] : [] : [.. given.Select((item, index) => values.ForItem(item, index + 1))];
            foreach (var round in rounds)
            {
                foreach (var part in Parts)
                {
                    part.Render(text, round);
                }
            }
        }
    }

    /// <summary>A tool call, whose arguments are JSON once filled.</summary>
    public sealed record ToolCallBlock(string Tool, IReadOnlyList<TemplateNode> Parts, int Line) : TemplateNode
    {
        public override IEnumerable<(string Name, int Line)> Variables => Parts.SelectMany(part => part.Variables);

        public override IEnumerable<(string Tool, int Line)> Calls => [(Tool, Line)];

        public override void Render(StringBuilder text, TemplateContext values)
        {
            var arguments = new StringBuilder();
            foreach (var part in Parts)
            {
                part.Render(arguments, values);
            }

            text.Append($"Call `{Tool}`:\n```json\n{TemplateCallJson.Compact(arguments.ToString(), Line)}\n```\n");
        }
    }
}
