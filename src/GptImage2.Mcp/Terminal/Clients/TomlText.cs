namespace GptImage2.Mcp.Terminal.Clients;

/// <summary>Writes what Codex reads.</summary>
internal static class TomlText
{
    /// <summary>The tables of an entry, with a new line at their end.</summary>
    public static string CreateTables(ServerEntry entry, string newLine)
    {
        var table = $"{entry.Client.ServersKey}.{entry.Name}";
        string[] lines =
        [
            $"[{table}]",
            $"command = {Quote(entry.Launch.Command)}",
            .. entry.Launch.Arguments is [] ? Array.Empty<string>() : [$"args = {QuoteAll(entry.Launch.Arguments)}"],
            "",
            $"[{table}.env]",
            $"{EntryText.KeyVariable} = {Quote(entry.Key)}",
        ];
        return string.Concat(lines.Select(line => line + newLine));
    }

    public static string QuoteAll(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Quote))}]";

    /// <summary>A basic string (TOML 1.0, "String"), whose escapes are those of JSON.</summary>
    public static string Quote(string text) => JsonText.Write(JsonValue.Create(text));
}
