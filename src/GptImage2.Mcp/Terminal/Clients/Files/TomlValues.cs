using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace GptImage2.Mcp.Terminal.Clients.Files;

/// <summary>Every value of a TOML text, and the names that lead to it.</summary>
internal static class TomlValues
{
    /// <exception cref="ConfigFileException">It is no TOML. The parser's own words quote the file, which may hold keys.</exception>
    public static DocumentSyntax Parse(string text)
    {
        var document = SyntaxParser.Parse(text);
        return document.HasErrors
            ? throw new ConfigFileException($"is not TOML: {new TextPlace(document.Diagnostics[0].Span.Start.Line + 1, document.Diagnostics[0].Span.Start.Column + 1)}")
            : document;
    }

    public static string[] ReadPath(KeySyntax key) => [ReadName(key.Key!), .. key.DotKeys.Select(item => ReadName(item.Key!))];

    /// <summary>Those of inline tables too, which follow their table.</summary>
    public static IEnumerable<TomlMember> List(DocumentSyntax document) =>
    [
        .. document.KeyValues.SelectMany(member => List(member, [], isInline: false)),
        .. document.Tables.SelectMany(table => table.Items.SelectMany(member => List(member, ReadPath(table.Name!), isInline: false))),
    ];

    private static IEnumerable<TomlMember> List(KeyValueSyntax syntax, string[] table, bool isInline)
    {
        string[] path = [.. table, .. ReadPath(syntax.Key!)];
        return [new TomlMember(path, syntax, isInline), .. syntax.Value is InlineTableSyntax inline ? inline.Items.SelectMany(item => List(item.KeyValue!, path, isInline: true)) : []];
    }

    private static string ReadName(BareKeyOrStringValueSyntax key) => key switch
    {
        StringValueSyntax quoted => quoted.Value ?? "",
        var bare => bare.ToString().Trim(),
    };
}

/// <param name="Path">From the root; numbers of array tables are left out.</param>
/// <param name="IsInline">Whether it stands in the braces of an inline table.</param>
internal sealed record TomlMember(string[] Path, KeyValueSyntax Syntax, bool IsInline)
{
    public SyntaxNode Value => Syntax.Value!;

    public int ValueStart => Value.Span.Offset;

    public int ValueEnd => Value.Span.Offset + Value.Span.Length;
}
