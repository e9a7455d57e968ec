using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GptImage2.Mcp.Prompts.Templates;

/// <summary>The arguments of a call in a template, as JSON that a model reads: compact, and with letters as they are.</summary>
internal static class TemplateCallJson
{
    /// <summary>A value for the inside of a JSON string.</summary>
    public static string Escape(string value) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value);

    /// <param name="line">Where the call stands in its file.</param>
    /// <exception cref="TemplateCallException">It is no JSON object.</exception>
    public static string Compact(string arguments, int line)
    {
        try
        {
            return JsonNode.Parse(arguments, documentOptions: new() { AllowTrailingCommas = true }) is JsonObject call
                ? Serialize(call)
                : throw new TemplateCallException(line, "the call's arguments: expected a JSON object but received something else");
        }
        catch (JsonException invalid)
        {
            throw new TemplateCallException(line + 1 + (int)(invalid.LineNumber ?? 0), $"the call's arguments: expected JSON once the holes are filled, but {invalid.Message}");
        }
    }

    private static string Serialize(JsonObject call)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            call.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
