namespace GptImage2.Mcp.Terminal.Clients.Files;

/// <summary>What a client's file would become. Made only where what it says then is what it said before and our entry.</summary>
internal sealed record FileChange
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private FileChange(byte[] before, IReadOnlyList<FileEdit> edits) => (Before, Edits, After) = (before, edits, FileEdit.Apply(before, edits));

    public byte[] Before { get; }

    /// <summary>None where the file needs no change.</summary>
    public IReadOnlyList<FileEdit> Edits { get; }

    public byte[] After { get; }

    /// <exception cref="ConfigFileException">The file cannot be read, or nothing can be added without touching what else is in it.</exception>
    public static FileChange Plan(byte[] before, ServerEntry entry)
    {
        var mark = before.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        RequireUtf8(before);
        var format = ConfigFormats.Get(entry.Client.Language);
        var edits = format.Plan(before.AsMemory(mark), entry);
        var change = new FileChange(before, [.. edits.Select(edit => edit with { Start = edit.Start + mark })]);
        change.Verify(change.After, entry);
        return change;
    }

    /// <summary>Reads what was made as the client will, and compares.</summary>
    /// <exception cref="ConfigFileException">It says anything else than it should.</exception>
    public void Verify(byte[] written, ServerEntry entry)
    {
        var language = entry.Client.Language;
        if (!JsonNode.DeepEquals(ConfigFormats.Read(language, written), Expect(ConfigFormats.Read(language, Before), entry)))
        {
            throw new ConfigFileException($"cannot be changed without touching what else is in it. Put the entry there by hand: {Server.ServerDefinition.Name} config {entry.Client.Name} prints it");
        }
    }

    /// <summary>The same change, made to what the file says in place of how it says it.</summary>
    private static JsonObject Expect(JsonObject file, ServerEntry entry)
    {
        if (file[entry.Client.ServersKey] is not JsonObject servers)
        {
            file[entry.Client.ServersKey] = servers = [];
        }

        if (servers[entry.Name] is JsonObject present)
        {
            ExpectUpdate(present, entry);
            return file;
        }

        servers[entry.Name] = EntryText.Create(entry);
        if (entry.Client.InputsKey is { } key)
        {
            var inputs = (JsonArray)(file[key] ??= new JsonArray());
            if (!inputs.Any(input => input is JsonObject asked && asked["id"] is JsonValue id && id.TryGetValue<string>(out var name) && name == EntryText.InputId))
            {
                inputs.Add((JsonNode)EntryText.CreateInput());
            }
        }

        return file;
    }

    private static void ExpectUpdate(JsonObject present, ServerEntry entry)
    {
        var arguments = PresentLaunch.UpdateArguments(present, entry.Launch)!;
        present["command"] = entry.Launch.Command;
        if (present.ContainsKey("args") || arguments is not [])
        {
            present["args"] = arguments;
        }

        if (present.ContainsKey("type"))
        {
            present["type"] = "stdio";
        }
    }

    private static void RequireUtf8(byte[] bytes)
    {
        try
        {
            _ = StrictUtf8.GetCharCount(bytes);
        }
        catch (DecoderFallbackException other)
        {
            throw new ConfigFileException($"is not UTF-8: {TextPlace.Find(bytes, other.Index)}", other);
        }
    }
}
