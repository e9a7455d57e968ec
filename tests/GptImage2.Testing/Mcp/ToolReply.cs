namespace GptImage2.Testing.Mcp;

/// <summary>The result of a tool call, read from its line.</summary>
/// <param name="Bytes">Length of the result as it was sent.</param>
public sealed record ToolReply(ProtocolLine Line, JsonElement Result, int Bytes)
{
    public bool IsError => Result.TryGetProperty("isError", out var error) && error.GetBoolean();

    /// <summary>All text blocks.</summary>
    public string Text => string.Join('\n', Blocks("text").Select(block => block.GetProperty("text").GetString()));

    public JsonElement Structured => Result.GetProperty("structuredContent");

    /// <exception cref="InvalidOperationException">There is not exactly one image.</exception>
    public byte[] Image => Blocks("image").Single().GetProperty("data").GetBytesFromBase64();

    /// <exception cref="KeyNotFoundException">The call ended in a protocol error.</exception>
    public static ToolReply Parse(ProtocolLine line)
    {
        var result = line.Json.TryGetProperty("result", out var found) ? found : throw new KeyNotFoundException(line.Text);
        return new ToolReply(line, result, Encoding.UTF8.GetByteCount(result.GetRawText()));
    }

    public IEnumerable<JsonElement> Blocks(string type) =>
        Result.GetProperty("content").EnumerateArray().Where(block => block.GetProperty("type").GetString() == type);
}
