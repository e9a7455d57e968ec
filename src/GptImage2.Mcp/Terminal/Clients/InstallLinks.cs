namespace GptImage2.Mcp.Terminal.Clients;

/// <summary>Links that add the server by one click.</summary>
internal static class InstallLinks
{
    /// <summary>Cursor documentation, "MCP install links": the entry as JSON in base 64.</summary>
    public static string ForCursor(ServerEntry entry) => $"cursor://anysphere.cursor-deeplink/mcp/install?{QueryForCursor(entry)}";

    public static string ForCursorOnTheWeb(ServerEntry entry) => $"https://cursor.com/en/install-mcp?{QueryForCursor(entry)}";

    /// <summary>VS Code MCP developer guide, "Create an MCP installation URL".</summary>
    public static string ForVSCode(ServerEntry entry) => $"vscode:mcp/install?{Uri.EscapeDataString(DescribeForVSCode(entry))}";

    /// <summary>The redirect that pages use which allow no links to programs, as GitHub's do.</summary>
    public static string ForVSCodeOnTheWeb(ServerEntry entry) =>
        $"https://vscode.dev/redirect/mcp/install?name={Uri.EscapeDataString(entry.Name)}" +
        $"&inputs={Escape(new JsonArray(EntryText.CreateInput()))}&config={Escape(EntryText.Create(entry))}";

    public static string DescribeForVSCode(ServerEntry entry)
    {
        var json = new JsonObject { ["name"] = entry.Name };
        foreach (var (name, value) in EntryText.Create(entry))
        {
            json[name] = value?.DeepClone();
        }

        json["inputs"] = new JsonArray(EntryText.CreateInput());
        return JsonText.Write(json);
    }

    private static string QueryForCursor(ServerEntry entry) =>
        $"name={Uri.EscapeDataString(entry.Name)}&config={Uri.EscapeDataString(Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonText.WriteAscii(EntryText.Create(entry)))))}";

    private static string Escape(JsonNode node) => Uri.EscapeDataString(JsonText.Write(node));
}
