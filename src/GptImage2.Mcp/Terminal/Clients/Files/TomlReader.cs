using Tomlyn.Syntax;

namespace GptImage2.Mcp.Terminal.Clients.Files;

/// <summary>What a TOML text says, as JSON. What is neither text nor true or false stays as it is written, after an equals sign.</summary>
internal static class TomlReader
{
    public static JsonObject Read(string text)
    {
        var document = TomlValues.Parse(text);
        var root = new JsonObject();
        foreach (var member in document.KeyValues)
        {
            Set(root, member, text);
        }

        foreach (var table in document.Tables)
        {
            var path = TomlValues.ReadPath(table.Name!);
            var parent = Descend(root, path[..^1]);
            var target = table is TableArraySyntax ? AddItem(parent, path[^1]) : Descend(parent, [path[^1]]);
            foreach (var member in table.Items)
            {
                Set(target, member, text);
            }
        }

        return root;
    }

    private static void Set(JsonObject target, KeyValueSyntax member, string text)
    {
        var path = TomlValues.ReadPath(member.Key!);
        Descend(target, path[..^1])[path[^1]] = ReadValue(member.Value!, text);
    }

    private static JsonNode ReadValue(SyntaxNode value, string text)
    {
        switch (value)
        {
            case StringValueSyntax words:
                return JsonValue.Create(words.Value ?? "");
            case BooleanValueSyntax flag:
                return JsonValue.Create(flag.Value);
            case ArraySyntax array:
                return new JsonArray([.. array.Items.Select(item => ReadValue(item.Value!, text))]);
            case InlineTableSyntax table:
                var inline = new JsonObject();
                foreach (var item in table.Items)
                {
                    Set(inline, item.KeyValue!, text);
                }

                return inline;
            default:
                return JsonValue.Create($"={text.AsSpan(value.Span.Offset, value.Span.Length)}");
        }
    }

    private static JsonObject Descend(JsonObject from, IEnumerable<string> path)
    {
        foreach (var name in path)
        {
            from = (from[name] ??= new JsonObject()) as JsonObject ?? (JsonObject)from[name]!.AsArray()[^1]!;
        }

        return from;
    }

    private static JsonObject AddItem(JsonObject parent, string name)
    {
        var item = new JsonObject();
        ((JsonArray)(parent[name] ??= new JsonArray())).Add((JsonNode)item);
        return item;
    }
}
