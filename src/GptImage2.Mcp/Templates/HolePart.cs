using System.Globalization;
using System.Text;

namespace GptImage2.Mcp.Templates;

/// <summary>A piece of a template. Closed: these are all there are.</summary>
internal abstract record HolePart
{
    private HolePart()
    {
    }

    public virtual IEnumerable<(string Name, int Line)> Holes => [];

    public virtual IEnumerable<(string Tool, int Line)> Calls => [];

    public abstract void Write(StringBuilder text, HoleValues values);

    /// <summary>Words as they stand.</summary>
    public sealed record Words(string Text) : HolePart
    {
        public override void Write(StringBuilder text, HoleValues values) => text.Append(Text);
    }

    /// <summary>A value; inside a call it is escaped for JSON.</summary>
    public sealed record Hole(string Name, bool Spelled, bool Escaped, int Line) : HolePart
    {
        public override IEnumerable<(string Name, int Line)> Holes => [(Name, Line)];

        public override void Write(StringBuilder text, HoleValues values)
        {
            var value = Spelled ? string.Join(", ", values.All(Name).Select(SpelledOut)) : values.One(Name);
            text.Append(Escaped ? CallJson.Escape(value) : value);
        }

        private static IEnumerable<string> Letters(string word)
        {
            var letters = StringInfo.GetTextElementEnumerator(word);
            while (letters.MoveNext())
            {
                yield return letters.GetTextElement();
            }
        }

        private static string SpelledOut(string words) => string.Join(' ', words.Split(' ').Select(word => string.Join('-', Letters(word))));
    }

    /// <summary>Parts that are there only when a value was given, once for each of several values; or only when it was not.</summary>
    public sealed record Section(string Name, bool Inverted, IReadOnlyList<HolePart> Parts, int Line) : HolePart
    {
        public override IEnumerable<(string Name, int Line)> Holes => [(Name, Line), .. Parts.SelectMany(part => part.Holes)];

        public override IEnumerable<(string Tool, int Line)> Calls => Parts.SelectMany(part => part.Calls);

        public override void Write(StringBuilder text, HoleValues values)
        {
            var given = values.All(Name);
            HoleValues[] rounds = Inverted ? given is [] ? [values] : [] : [.. given.Select((item, index) => values.Repeated(item, index + 1))];
            foreach (var round in rounds)
            {
                foreach (var part in Parts)
                {
                    part.Write(text, round);
                }
            }
        }
    }

    /// <summary>A tool call, whose arguments are JSON once filled.</summary>
    public sealed record Call(string Tool, IReadOnlyList<HolePart> Parts, int Line) : HolePart
    {
        public override IEnumerable<(string Name, int Line)> Holes => Parts.SelectMany(part => part.Holes);

        public override IEnumerable<(string Tool, int Line)> Calls => [(Tool, Line)];

        public override void Write(StringBuilder text, HoleValues values)
        {
            var arguments = new StringBuilder();
            foreach (var part in Parts)
            {
                part.Write(arguments, values);
            }

            text.Append($"Call `{Tool}`:\n```json\n{CallJson.Compact(arguments.ToString(), Line)}\n```\n");
        }
    }
}
