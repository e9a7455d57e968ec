namespace GptImage2.Mcp.Apps;

/// <summary>The MCP Apps extension (stable 2026-01-26): a tool's result may be shown as a page in the chat. Clients that do not know it see nothing of it.</summary>
internal static class AppsExtension
{
    public const string Name = "io.modelcontextprotocol/ui";

    /// <summary>Exactly what the extension demands of a page.</summary>
    public const string MediaType = "text/html;profile=mcp-app";

    /// <summary>What announced itself before the extension was announced by capability, by the beginning of its name: it takes the same pages.</summary>
    private const string ChatGptName = "openai-mcp";

    private const string UiMember = "ui";

    /// <summary>Tools whose results the page shows.</summary>
    private static readonly string[] ShownTools =
    [
        "generate_image", "edit_with_references", "inpaint_region", "remove_background", "compose_board", "check_job", "view_image", "list_images", "create_storyboard", "update_storyboard",
    ];

    /// <summary>Of a tool that only pages call: as the extension says it, and as ChatGPT does.</summary>
    public static JsonObject AppOnlyMeta => new()
    {
        [UiMember] = new JsonObject { ["resourceUri"] = StudioPage.ResourceUri, ["visibility"] = new JsonArray("app") },
        ["openai/widgetAccessible"] = true,
        ["openai/visibility"] = "private",
    };

    public static bool IsSupportedBy(McpServer server) =>
        server.ClientInfo?.Name.StartsWith(ChatGptName, StringComparison.OrdinalIgnoreCase) is true
        || (server.ClientCapabilities?.Extensions?.TryGetValue(Name, out var settings) is true && TakesPages(settings));

    /// <summary>Whether the model never sees it.</summary>
    public static bool IsAppOnly(Tool tool) => tool.Meta?[UiMember]?["visibility"] is JsonArray visibility && !visibility.Any(audience => audience?.ToString() is "model");

    /// <summary>Names the page that shows a tool's results: as the extension says it, as its drafts did, and as ChatGPT does; null where none does.</summary>
    public static JsonObject? CreateMeta(string tool) => !ShownTools.Contains(tool) ? null : new JsonObject
    {
        [UiMember] = new JsonObject { ["resourceUri"] = StudioPage.ResourceUri },
        ["ui/resourceUri"] = StudioPage.ResourceUri,
        ["openai/outputTemplate"] = StudioPage.ResourceUri,
        ["openai/widgetAccessible"] = true,
    };

    /// <summary>Takes the capability out of the answers that describe this server, for clients that do not have it.</summary>
    public static McpMessageHandler HideFromOthers(McpMessageHandler next) => (context, cancellationToken) =>
    {
        if (context.JsonRpcMessage is JsonRpcResponse { Result: JsonObject result } && result["capabilities"]?["extensions"] is JsonObject extensions && extensions.ContainsKey(Name) && !IsSupportedBy(context.Server))
        {
            extensions.Remove(Name);
        }

        return next(context, cancellationToken);
    };

    private static bool TakesPages(object? settings) => settings is not JsonElement { ValueKind: JsonValueKind.Object } written
        || !written.TryGetProperty("mimeTypes", out var types)
        || (types.ValueKind is JsonValueKind.Array && types.EnumerateArray().Any(type => type.ValueKind is JsonValueKind.String && type.GetString() is MediaType));
}
