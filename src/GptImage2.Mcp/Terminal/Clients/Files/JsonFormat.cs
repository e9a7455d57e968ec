namespace GptImage2.Mcp.Terminal.Clients.Files;

/// <summary>JSON, with comments and trailing commas where a file has them.</summary>
internal sealed class JsonFormat : IConfigFormat
{
    /// <summary>What entries for servers at an address have: Cursor and VS Code, Windsurf, Gemini CLI.</summary>
    private static readonly string[] Addresses = ["url", "serverUrl", "httpUrl"];

    public JsonObject Read(ReadOnlySpan<byte> text) => JsonPart.Parse(text) switch
    {
        null => [],
        { Kind: JsonTokenType.StartObject } => (JsonObject)JsonNode.Parse(text, documentOptions: JsonPart.Lenient)!,
        var other => throw Unexpected(text, other, "its outermost value"),
    };

    public IReadOnlyList<FileEdit> Plan(ReadOnlyMemory<byte> text, ServerEntry entry)
    {
        var client = entry.Client;
        if (JsonPart.Parse(text.Span) is not { } root)
        {
            return [InsertFile(text.Span, entry)];
        }

        RequireObject(text.Span, root, "its outermost value");
        var editor = new JsonEditor(text, JsonStyle.Find(text.Span, root));
        if (root.Find(client.ServersKey) is not { } servers)
        {
            (string?, JsonNode) container = (client.ServersKey, new JsonObject { [entry.Name] = EntryText.Create(entry) });
            return client.InputsKey is { } key && root.Find(key) is null
                ? [.. editor.Append(root, [(key, new JsonArray(EntryText.CreateInput())), container])]
                : [.. PlanInput(text, editor, root, client), .. editor.Append(root, [container])];
        }

        RequireObject(text.Span, servers, client.ServersKey);
        return servers.Find(entry.Name) is { } present
            ? [.. PlanUpdate(text, editor, present, entry)]
            : [.. editor.Append(servers, [(entry.Name, EntryText.Create(entry))]), .. PlanInput(text, editor, root, client)];
    }

    private static FileEdit InsertFile(ReadOnlySpan<byte> text, ServerEntry entry)
    {
        var newLine = JsonStyle.FindNewLine(text);
        return FileEdit.Insert(text.Length, $"{(text.IsEmpty || text.EndsWith("\n"u8) ? "" : newLine)}{JsonText.Write(EntryText.CreateFile(entry), newLine)}{newLine}");
    }

    private static IEnumerable<FileEdit> PlanInput(ReadOnlyMemory<byte> text, JsonEditor editor, JsonPart root, McpClient client)
    {
        if (client.InputsKey is not { } key)
        {
            return [];
        }

        if (root.Find(key) is not { } inputs)
        {
            return editor.Append(root, [(key, new JsonArray(EntryText.CreateInput()))]);
        }

        return inputs.Kind is not JsonTokenType.StartArray ? throw Unexpected(text.Span, inputs, key, "an array")
            : inputs.Items.Any(item => ReadText(text.Span, item.Find("id")) == EntryText.InputId) ? []
            : editor.Append(inputs, [(null, EntryText.CreateInput())]);
    }

    /// <summary>What else the user has in the entry, their key among it, stays.</summary>
    private static List<FileEdit> PlanUpdate(ReadOnlyMemory<byte> text, JsonEditor editor, JsonPart present, ServerEntry entry)
    {
        RequireObject(text.Span, present, entry.Name);
        if (present.Members.FirstOrDefault(member => Addresses.Contains(member.Name)) is { } address)
        {
            throw ConfigFileException.OtherServer(entry, $"a server at an address ({address.Name}, {TextPlace.Find(text.Span, address.Start)})");
        }

        List<FileEdit> edits = [];
        List<(string?, JsonNode)> missing = [];
        var arguments = PresentLaunch.UpdateArguments((JsonObject)Parse(text.Span, present)!, entry.Launch)
            ?? throw ConfigFileException.OtherServer(entry, $"another server ({DescribeLaunch(text.Span, present)}, {TextPlace.Find(text.Span, present.Start)})");
        Set("command", entry.Launch.Command, command => ReadText(text.Span, command) == entry.Launch.Command, required: true);
        Set("args", arguments, args => JsonNode.DeepEquals(Parse(text.Span, args), arguments), arguments is not []);
        Set("type", "stdio", type => ReadText(text.Span, type) == "stdio", required: false);
        return missing is [] ? edits : [.. edits, .. editor.Append(present, missing)];

        void Set(string name, JsonNode value, Func<JsonPart, bool> isRight, bool required)
        {
            if (present.Find(name) is { } part)
            {
                edits.AddRange(isRight(part) ? [] : [editor.Replace(part, value)]);
            }
            else if (required)
            {
                missing.Add((name, value));
            }
        }
    }

    private static string DescribeLaunch(ReadOnlySpan<byte> text, JsonPart present)
    {
        List<string?> words = [ReadText(text, present.Find("command"))];
        foreach (var argument in present.Find("args")?.Items ?? [])
        {
            words.Add(ReadText(text, argument));
        }

        return string.Join(' ', words);
    }

    private static JsonNode? Parse(ReadOnlySpan<byte> text, JsonPart part) => JsonNode.Parse(text[part.Start..part.End], documentOptions: JsonPart.Lenient);

    private static string? ReadText(ReadOnlySpan<byte> text, JsonPart? part) => part?.Kind is JsonTokenType.String ? Parse(text, part)!.GetValue<string>() : null;

    private static void RequireObject(ReadOnlySpan<byte> text, JsonPart part, string name)
    {
        if (part.Kind is not JsonTokenType.StartObject)
        {
            throw Unexpected(text, part, name);
        }
    }

    private static ConfigFileException Unexpected(ReadOnlySpan<byte> text, JsonPart part, string name, string expected = "an object") =>
        new($"has something else than {expected} as {name}: {TextPlace.Find(text, part.Start)}");
}
