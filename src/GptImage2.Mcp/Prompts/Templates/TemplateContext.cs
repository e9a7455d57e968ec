using System.Collections.Immutable;
using System.Globalization;

namespace GptImage2.Mcp.Prompts.Templates;

/// <summary>What fills the holes: one text or several by name. Absent is what nobody gave.</summary>
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
        With(ItemVariable, item).With(NumberVariable, number.ToString(CultureInfo.InvariantCulture));
}
