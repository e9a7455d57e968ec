using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Results;

/// <summary>
/// Decides who gets structured content. A few clients show it instead of the content blocks, so that the image never
/// reaches the model; for them the same JSON goes into a second text block, and tools advertise no output schema.
/// </summary>
internal static class StructuredContent
{
    /// <summary>Clients that drop content blocks when structured content is present, by the name they give themselves.</summary>
    private static readonly string[] ClientsDroppingContent = ["claude-code", "codex-mcp-client"];

    public static bool IsEnabledFor(Implementation? client, ResultOptions options) => options.Structured switch
    {
        "always" => true,
        "never" => false,
        _ => client is null || !ClientsDroppingContent.Contains(client.Name, StringComparer.OrdinalIgnoreCase),
    };

    public static CallToolResult ToCallToolResult(ToolResponse response, bool structured) => new()
    {
        IsError = response.IsError ? true : null,
        StructuredContent = structured ? response.Structured?.ToElement() : null,
        Content =
        [
            new TextContentBlock { Text = response.Text },
            .. !structured && response.Structured is { } json ? [new TextContentBlock { Text = json.ToJsonString() }] : Array.Empty<ContentBlock>(),
            .. response.Blocks,
        ],
    };
}
