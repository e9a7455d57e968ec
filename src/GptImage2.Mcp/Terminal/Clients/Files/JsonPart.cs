namespace GptImage2.Mcp.Terminal.Clients.Files;

/// <summary>A value in a JSON text that may have comments and trailing commas, and where it stands.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="End">The byte after its last.</param>
/// <param name="Members">Of an object.</param>
/// <param name="Items">Of an array.</param>
internal sealed record JsonPart(JsonTokenType Kind, int Start, int End, IReadOnlyList<JsonMember> Members, IReadOnlyList<JsonPart> Items)
{
    public static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly JsonReaderOptions Reading = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The first byte of the first thing in it; for an empty one, of what closes it.</summary>
    public int FirstStart => Members is [var member, ..] ? member.Start : Items is [var item, ..] ? item.Start : End - 1;

    /// <summary>The byte after the last thing in it; for an empty one, after what opens it.</summary>
    public int LastEnd => Members is [.., var member] ? member.Value.End : Items is [.., var item] ? item.End : Start + 1;

    public bool IsEmpty => Members is [] && Items is [];

    public JsonPart? Find(string name) => Members.FirstOrDefault(member => member.Name == name)?.Value;

    /// <returns>Null where there is nothing but white space and comments.</returns>
    /// <exception cref="ConfigFileException">It is no JSON, or an object names something twice, which clients read in different ways.</exception>
    public static JsonPart? Parse(ReadOnlySpan<byte> text)
    {
        if (JsonTrivia.Skip(text, 0) == text.Length)
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(text, Reading);
            reader.Read();
            var root = ReadValue(ref reader, text);
            reader.Read();
            return root;
        }
        catch (JsonException broken)
        {
            var lineStart = 0;
            for (var line = broken.LineNumber ?? 0; line > 0; line--)
            {
                lineStart += text[lineStart..].IndexOf((byte)'\n') + 1;
            }

            throw new ConfigFileException($"is not JSON: {TextPlace.Find(text, lineStart + (int)(broken.BytePositionInLine ?? 0))}", broken);
        }
    }

    private static JsonPart ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        var (kind, start) = (reader.TokenType, (int)reader.TokenStartIndex);
        return kind switch
        {
            JsonTokenType.StartObject => ReadObject(ref reader, text, start),
            JsonTokenType.StartArray => ReadArray(ref reader, text, start),
            JsonTokenType.String => new JsonPart(kind, start, start + reader.ValueSpan.Length + 2, [], []),
            _ => new JsonPart(kind, start, start + reader.ValueSpan.Length, [], []),
        };
    }

    private static JsonPart ReadObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, int start)
    {
        List<JsonMember> members = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var (name, at) = (ReadString(ref reader, text), (int)reader.TokenStartIndex);
            if (!names.Add(name))
            {
                throw new ConfigFileException($"names \"{name}\" twice: the second is at {TextPlace.Find(text, at)}");
            }

            reader.Read();
            members.Add(new JsonMember(name, at, ReadValue(ref reader, text)));
        }

        return new JsonPart(JsonTokenType.StartObject, start, (int)reader.TokenStartIndex + 1, members, []);
    }

    private static JsonPart ReadArray(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, int start)
    {
        List<JsonPart> items = [];
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            items.Add(ReadValue(ref reader, text));
        }

        return new JsonPart(JsonTokenType.StartArray, start, (int)reader.TokenStartIndex + 1, [], items);
    }

    private static string ReadString(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException unreadable)
        {
            // Half of a pair of UTF-16, escaped.
            throw new ConfigFileException($"has a name that is no text: {TextPlace.Find(text, (int)reader.TokenStartIndex)}", unreadable);
        }
    }
}

/// <param name="Start">The first byte of its name.</param>
internal sealed record JsonMember(string Name, int Start, JsonPart Value);
