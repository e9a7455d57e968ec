namespace GptImage2.Packaging.Mcpb;

/// <summary>A bundle's manifest, version 0.3 (github.com/anthropics/mcpb, MANIFEST.md).</summary>
internal static class Manifest
{
    private const string Folder = "server";

    /// <param name="platform">A .NET runtime identifier.</param>
    public static JsonObject Create(ServerDescription server, string platform)
    {
        var executable = $"{Folder}/{server.Name}{(platform.StartsWith("win", StringComparison.Ordinal) ? ".exe" : "")}";
        return new JsonObject
        {
            ["manifest_version"] = "0.3",
            ["name"] = server.Name,
            ["display_name"] = "GPT Image 2 studio",
            ["version"] = server.Version,
            ["description"] = "Makes, edits and cuts out images with GPT Image 2. Calls are checked and priced first; nothing paid for is lost.",
            ["author"] = new JsonObject { ["name"] = "The GptImage2.Mcp authors" },
            ["license"] = "MIT",
            ["icon"] = Bundle.Icon,
            ["keywords"] = new JsonArray("image", "image editing", "gpt-image-2", "transparent background", "storyboard"),
            ["server"] = new JsonObject
            {
                ["type"] = "binary",
                ["entry_point"] = executable,
                ["mcp_config"] = new JsonObject
                {
                    ["command"] = $"${{__dirname}}/{executable}",
                    ["args"] = new JsonArray([.. UserConfig.Arguments.Select(argument => (JsonNode)argument)]),
                    ["env"] = UserConfig.CreateEnvironment(),
                },
            },
            ["tools"] = new JsonArray([.. server.Tools.Select(tool => new JsonObject { ["name"] = tool.Name, ["description"] = tool.Description })]),
            ["prompts"] = new JsonArray([.. server.Prompts.Select(ToJson)]),
            ["prompts_generated"] = true,
            ["compatibility"] = new JsonObject { ["platforms"] = new JsonArray(ToPlatform(platform)) },
            ["privacy_policies"] = new JsonArray("https://openai.com/policies/row-privacy-policy/"),
            ["user_config"] = UserConfig.CreateForm(),
        };
    }

    /// <summary>As Node.js names it, which the host asks.</summary>
    private static string ToPlatform(string platform) => platform.Split('-')[0] switch
    {
        "win" => "win32",
        "osx" => "darwin",
        _ => "linux",
    };

    private static JsonObject ToJson(PromptDescription prompt) => new()
    {
        ["name"] = prompt.Name,
        ["description"] = prompt.Description,
        ["arguments"] = new JsonArray([.. prompt.Arguments.Select(argument => (JsonNode)argument)]),
        ["text"] = prompt.Text,
    };
}
