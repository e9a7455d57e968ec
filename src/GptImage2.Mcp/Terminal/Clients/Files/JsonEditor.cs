namespace GptImage2.Mcp.Terminal.Clients.Files;

/// <summary>Changes a JSON text at single places, by where its values stand.</summary>
internal sealed class JsonEditor(ReadOnlyMemory<byte> text, JsonStyle style)
{
    private ReadOnlySpan<byte> Text => text.Span;

    public FileEdit Replace(JsonPart part, JsonNode value) => new(part.Start, part.End - part.Start, value is JsonArray array && !Text[part.Start..part.End].Contains((byte)'\n')
        ? JsonText.WriteLine(array)
        : JsonText.Write(value, style.NewLine, style.Indent, JsonStyle.FindMargin(Text, part.Start)));

    /// <summary>Adds to the end of an object or array, after its comments, which stay with what they stand at.</summary>
    /// <param name="added">Without names for an array.</param>
    public IEnumerable<FileEdit> Append(JsonPart container, IReadOnlyList<(string? Name, JsonNode Value)> added)
    {
        var close = container.End - 1;
        var comma = JsonTrivia.Skip(Text, container.LastEnd);
        var hasComma = !container.IsEmpty && Text[comma] is (byte)',';
        var at = JsonTrivia.FindEndOfComments(Text, hasComma ? comma + 1 : container.LastEnd, close, out var isLineComment);
        var addition = isLineComment || !IsOnOneLine(container)
            ? WriteLines(container, added, hasComma, closes: !Text[at..close].Contains((byte)'\n'))
            : WriteInLine(container, added, hasComma);

        if (container.IsEmpty || hasComma)
        {
            return [FileEdit.Insert(at, addition)];
        }

        return at == container.LastEnd ? [FileEdit.Insert(at, $",{addition}")] : [FileEdit.Insert(container.LastEnd, ","), FileEdit.Insert(at, addition)];
    }

    private bool IsOnOneLine(JsonPart container) => container.IsEmpty
        ? style.IsOneLine
        : !Text[container.Start..container.FirstStart].Contains((byte)'\n');

    private string WriteLines(JsonPart container, IReadOnlyList<(string? Name, JsonNode Value)> added, bool hasComma, bool closes)
    {
        var outer = JsonStyle.FindMargin(Text, container.Start);
        var margin = !container.IsEmpty && JsonStyle.StandsAlone(Text, container.FirstStart) ? JsonStyle.FindMargin(Text, container.FirstStart) : outer + style.Indent;
        var lines = added.Select(item => $"{style.NewLine}{margin}{WriteName(item.Name, ": ")}{JsonText.Write(item.Value, style.NewLine, style.Indent, margin)}");
        return $"{string.Join(',', lines)}{(hasComma ? "," : "")}{(closes ? style.NewLine + outer : "")}";
    }

    private static string WriteInLine(JsonPart container, IReadOnlyList<(string? Name, JsonNode Value)> added, bool hasComma)
    {
        var isDense = container.FirstStart == container.Start + 1;
        var items = added.Select(item => WriteName(item.Name, isDense ? ":" : ": ") + JsonText.Write(item.Value));
        return $"{(isDense || container.IsEmpty ? "" : " ")}{string.Join(isDense ? "," : ", ", items)}{(hasComma ? "," : "")}";
    }

    private static string WriteName(string? name, string colon) => name is null ? "" : JsonText.Write(JsonValue.Create(name)) + colon;
}
