namespace GptImage2.Mcp.Terminal.Clients.Files;

/// <summary>Where something is in a text, as editors count: from 1.</summary>
internal readonly record struct TextPlace(int Line, int Column)
{
    public static TextPlace Find(ReadOnlySpan<byte> text, int offset)
    {
        var before = text[..Math.Min(offset, text.Length)];
        return new TextPlace(before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1);
    }

    public override string ToString() => $"line {Line}, column {Column}";
}
