namespace GptImage2.Mcp.Terminal.Clients.Files;

/// <summary>How a JSON text is laid out, so that what is added looks like the rest.</summary>
internal sealed record JsonStyle
{
    private const string DefaultIndent = "  ";

    public required string NewLine { get; init; }

    /// <summary>What a level is indented by.</summary>
    public required string Indent { get; init; }

    /// <summary>Whether all of it is on one line.</summary>
    public required bool IsOneLine { get; init; }

    public static JsonStyle Find(ReadOnlySpan<byte> text, JsonPart? root) => new()
    {
        NewLine = FindNewLine(text),
        Indent = root is { IsEmpty: false } && FindMargin(text, root.FirstStart) is { Length: > 0 } margin && StandsAlone(text, root.FirstStart)
            ? margin[FindMargin(text, root.Start).Length..] is { Length: > 0 } step ? step : margin
            : DefaultIndent,
        IsOneLine = root is { IsEmpty: false } && !text[root.Start..root.End].Contains((byte)'\n'),
    };

    public static string FindNewLine(ReadOnlySpan<byte> text) => text.IndexOf((byte)'\n') is var end and > 0 && text[end - 1] is (byte)'\r' ? "\r\n" : "\n";

    /// <summary>The white space that the line begins with.</summary>
    public static string FindMargin(ReadOnlySpan<byte> text, int offset)
    {
        var line = text[(text[..offset].LastIndexOf((byte)'\n') + 1)..];
        var length = line.IndexOfAnyExcept((byte)' ', (byte)'\t');
        return Encoding.UTF8.GetString(line[..Math.Max(length, 0)]);
    }

    /// <summary>Whether nothing but white space precedes it on its line.</summary>
    public static bool StandsAlone(ReadOnlySpan<byte> text, int offset) =>
        text[(text[..offset].LastIndexOf((byte)'\n') + 1)..offset].IndexOfAnyExcept((byte)' ', (byte)'\t') < 0;
}
