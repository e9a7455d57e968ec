using GptImage2.Mcp.Server;

namespace GptImage2.Mcp.Terminal.Clients;

/// <summary>An entry of a client that starts this server, as its file has it.</summary>
/// <param name="Command">Empty where it has none.</param>
internal sealed record ConfiguredEntry(string Name, string Command, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Whether what is started needs nothing that its client would have to fill in.</summary>
    public bool IsComplete => Command is not "" && !IsFilledIn(Command) && !Arguments.Any(IsFilledIn);

    /// <summary>Those under our name, and those whose command is ours whatever they are called.</summary>
    /// <param name="file">What the file says.</param>
    public static IReadOnlyList<ConfiguredEntry> ReadAll(JsonObject file, McpClient client) => file[client.ServersKey] is JsonObject servers
        ? [.. servers.Where(server => server.Value is JsonObject).Select(server => Read(server.Key, (JsonObject)server.Value!)).Where(IsOurs)]
        : [];

    /// <summary>As VS Code, Cursor and Windsurf write it, or Gemini CLI.</summary>
    public static bool IsFilledIn(string value) => value.Contains("${", StringComparison.Ordinal) || value.StartsWith('$');

    private static ConfiguredEntry Read(string name, JsonObject entry) => new(
        name,
        ReadText(entry["command"]) ?? "",
        entry["args"] is JsonArray args ? [.. args.Select(ReadText).OfType<string>()] : [],
        (entry["env"] as JsonObject ?? []).Where(variable => ReadText(variable.Value) is not null).ToDictionary(variable => variable.Key, variable => ReadText(variable.Value)!));

    private static bool IsOurs(ConfiguredEntry entry) => entry.Name is EntryText.DefaultName
        || entry.Arguments.Prepend(entry.Command).Any(word => word.Contains(ServerDefinition.Name, StringComparison.OrdinalIgnoreCase) || word.Contains(LaunchCommand.Package, StringComparison.OrdinalIgnoreCase));

    private static string? ReadText(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
