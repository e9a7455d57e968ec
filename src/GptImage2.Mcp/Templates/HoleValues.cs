using System.Collections.Immutable;
using System.Globalization;

namespace GptImage2.Mcp.Templates;

/// <summary>What fills the holes: one text or several by name. Absent is what nobody gave.</summary>
internal sealed class HoleValues(ImmutableDictionary<string, IReadOnlyList<string>> values)
{
    /// <summary>In a repeated section: the item, and its number from 1.</summary>
    public const string Item = ".";
    public const string Number = "number";

    public static HoleValues None { get; } = new([]);

    public HoleValues With(string name, params IReadOnlyList<string> value) => new(values.SetItem(name, value));

    /// <summary>Every value, or nothing when none was given.</summary>
    public IReadOnlyList<string> All(string name) => values.GetValueOrDefault(name, []);

    public string One(string name) => string.Join(", ", All(name));

    /// <summary>The values as one repetition of a section sees them.</summary>
    public HoleValues Repeated(string item, int number) =>
        With(Item, item).With(Number, number.ToString(CultureInfo.InvariantCulture));
}
