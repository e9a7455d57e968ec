namespace GptImage2.Backends.Tests.Http.Streaming;

/// <summary>What the scanner must find, told by parsers that hold everything in memory.</summary>
internal sealed record ReferenceJsonReader(string Document, IReadOnlyList<byte[]> Values)
{
    /// <returns>Null when the text is no JSON or no UTF-8, or an image in it no base64.</returns>
    public static ReferenceJsonReader? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            List<byte[]> values = [];
            var document = Write(JsonElement.Parse(json), values);
            return new ReferenceJsonReader(document, values);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The text in one form, whatever its blanks and escapes; its images emptied into the list, if there is one.</summary>
    public static string Write(JsonElement root, List<byte[]>? values)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
        {
            Write(root, values, writer);
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static void Write(JsonElement node, List<byte[]>? values, Utf8JsonWriter writer)
    {
        switch (node.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in node.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    if (values is not null && member is { Name: "b64_json", Value.ValueKind: JsonValueKind.String })
                    {
                        values.Add(Convert.FromBase64String(member.Value.GetString()!));
                        writer.WriteStringValue("");
                    }
                    else
                    {
                        Write(member.Value, values, writer);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in node.EnumerateArray())
                {
                    Write(item, values, writer);
                }

                writer.WriteEndArray();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }
}
