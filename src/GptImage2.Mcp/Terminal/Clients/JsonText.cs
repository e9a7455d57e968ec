using System.Text.Encodings.Web;

namespace GptImage2.Mcp.Terminal.Clients;

/// <summary>Writes JSON for people: letters stay letters.</summary>
internal static class JsonText
{
    private const int MaxIndent = 127;

    public static string Write(JsonNode node) => Write(node, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>In ASCII, for links whose readers may take each byte for a letter.</summary>
    public static string WriteAscii(JsonNode node) => Write(node, new JsonWriterOptions { Encoder = JavaScriptEncoder.Default });

    /// <param name="indent">What each level is indented by: spaces, or tabs.</param>
    /// <param name="margin">What precedes every line but the first.</param>
    public static string Write(JsonNode node, string newLine, string indent = "  ", string margin = "") => Write(node, new JsonWriterOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        IndentCharacter = indent.StartsWith('\t') ? '\t' : ' ',
        IndentSize = Math.Min(indent.Length, MaxIndent),
        NewLine = "\n",
    }).Replace("\n", newLine + margin, StringComparison.Ordinal);

    /// <summary>On one line, with a space after each comma.</summary>
    public static string WriteLine(JsonArray array) => $"[{string.Join(", ", array.Select(item => Write(item!)))}]";

    private static string Write(JsonNode node, JsonWriterOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            node.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
