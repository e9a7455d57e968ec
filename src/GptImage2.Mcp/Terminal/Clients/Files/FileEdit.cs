namespace GptImage2.Mcp.Terminal.Clients.Files;

/// <summary>Bytes of a file that are replaced by a text.</summary>
/// <param name="Start">The first of them.</param>
/// <param name="Length">0 where the text is put between two.</param>
internal sealed record FileEdit(int Start, int Length, string Text)
{
    public static FileEdit Insert(int at, string text) => new(at, 0, text);

    /// <param name="edits">None reaches into another.</param>
    public static byte[] Apply(ReadOnlySpan<byte> bytes, IEnumerable<FileEdit> edits)
    {
        var result = new ArrayBufferWriter<byte>(bytes.Length + 256);
        var kept = 0;
        foreach (var edit in edits.OrderBy(edit => edit.Start))
        {
            result.Write(bytes[kept..edit.Start]);
            result.Write(Encoding.UTF8.GetBytes(edit.Text));
            kept = edit.Start + edit.Length;
        }

        result.Write(bytes[kept..]);
        return result.WrittenSpan.ToArray();
    }
}
