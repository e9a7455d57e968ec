namespace GptImage2.Packaging.Mcpb;

/// <summary>
/// What the user is asked when the bundle is installed, and the settings that it becomes. Everything has a default, because the host leaves the
/// placeholder of a field standing that has neither a value nor one.
/// </summary>
internal static class UserConfig
{
    private const string Folders = "folders";

    private static readonly Field[] Fields =
    [
        new("api_key", "OPENAI_API_KEY", "string", "OpenAI API key", "Images are billed to it. Without one you get labelled sketches, free, to try everything out.", "") { Sensitive = true },
        new("pictures", "GPTIMAGE2_STORAGE__ROOT", "directory", "Folder for images", "Every image is kept here, with its prompt and its cost.", "${HOME}/Pictures/gpt-image-2"),
        new("per_call_usd", "GPTIMAGE2_SPENDING__PERCALLUSD", "number", "Most that one call may cost (USD)", "A dearer call is refused before anything is sent.", 2),
        new("daily_usd", "GPTIMAGE2_SPENDING__DAILYUSD", "number", "Most that one day may cost (USD)", "When it is reached, calls are refused until the next day.", 10),
    ];

    /// <summary>Folders are several, and a host writes several values into arguments only.</summary>
    public static IReadOnlyList<string> Arguments { get; } = ["--inputs:roots", Placeholder(Folders)];

    public static JsonObject CreateEnvironment() => new(Fields.Select(field => KeyValuePair.Create(field.Variable, (JsonNode?)Placeholder(field.Name))));

    public static JsonObject CreateForm()
    {
        var form = new JsonObject(Fields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)ToJson(field))));
        form[Folders] = new JsonObject
        {
            ["type"] = "directory",
            ["title"] = "Folders with your own pictures",
            ["description"] = "Images in these folders may be edited and used as references. They are read, never changed.",
            ["required"] = false,
            ["multiple"] = true,
            ["default"] = new JsonArray(),
        };
        return form;
    }

    private static JsonObject ToJson(Field field)
    {
        var json = new JsonObject
        {
            ["type"] = field.Type,
            ["title"] = field.Title,
            ["description"] = field.Description,
            ["required"] = false,
            ["default"] = field.Default is int number ? number : (string)field.Default,
        };
        if (field.Sensitive)
        {
            json["sensitive"] = true;
        }

        if (field.Default is int)
        {
            json["min"] = 0;
        }

        return json;
    }

    private static string Placeholder(string name) => $"${{user_config.{name}}}";

    private sealed record Field(string Name, string Variable, string Type, string Title, string Description, object Default)
    {
        public bool Sensitive { get; init; }
    }
}
