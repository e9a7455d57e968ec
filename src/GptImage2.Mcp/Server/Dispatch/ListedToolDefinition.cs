namespace GptImage2.Mcp.Server.Dispatch;

/// <summary>
/// A tool as a list shows it. Every conversation carries all of them, so what generate_image describes and others take as well, but seldom get, is
/// left out of theirs; they accept it all the same, and their schemas do not say that there is nothing more.
/// </summary>
internal static class ListedToolDefinition
{
    /// <summary>The tool that describes them.</summary>
    private const string Describing = "generate_image";

    private static readonly string[] SeldomGiven = ["background", "compression", "overwrite", "view", "fresh"];

    public static Tool Create(Tool tool)
    {
        var schema = JsonObject.Create(tool.InputSchema)!;
        if (tool.Name is Describing || schema["properties"] is not JsonObject properties || !SeldomGiven.Any(properties.ContainsKey))
        {
            return tool;
        }

        foreach (var argument in SeldomGiven)
        {
            properties.Remove(argument);
        }

        schema.Remove("additionalProperties");
        return tool.With(JsonElement.Parse(schema.ToJsonString()), tool.OutputSchema);
    }
}
