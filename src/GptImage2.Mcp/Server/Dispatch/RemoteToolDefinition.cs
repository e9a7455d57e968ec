using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Server.Dispatch;

/// <summary>A tool as callers on other machines see it: nothing that writes files of this machine, and no paths where images are named.</summary>
internal static class RemoteToolDefinition
{
    private static readonly string[] FileArguments = ["save_to", "overwrite"];

    public static Tool Create(Tool tool)
    {
        var schema = JsonObject.Create(tool.InputSchema)!;
        foreach (var argument in FileArguments)
        {
            (schema["properties"] as JsonObject)?.Remove(argument);
        }

        ReplaceDescriptions(schema);
        return tool.With(JsonElement.Parse(schema.ToJsonString()), tool.OutputSchema);
    }

    /// <summary>The same tool with other schemas, and what else clients are told of it.</summary>
    public static Tool With(this Tool tool, JsonElement inputSchema, JsonElement? outputSchema, JsonObject? meta = null) => new()
    {
        Name = tool.Name,
        Title = tool.Title,
        Description = tool.Description,
        InputSchema = inputSchema,
        OutputSchema = outputSchema,
        Annotations = tool.Annotations,
        Meta = meta ?? tool.Meta,
    };

    private static void ReplaceDescriptions(JsonNode? node)
    {
        if (node is not JsonObject schema)
        {
            return;
        }

        if (schema["description"] is JsonValue written && ImageArgumentDescriptions.OverHttp.TryGetValue(written.ToString(), out var description))
        {
            schema["description"] = description;
        }

        foreach (var (_, member) in schema)
        {
            ReplaceDescriptions(member);
        }
    }
}
