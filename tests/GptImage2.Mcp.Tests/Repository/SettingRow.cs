using GptImage2.Mcp.Configuration;

namespace GptImage2.Mcp.Tests.Repository;

/// <summary>A setting as docs/settings.md has it: its words are there, its shape is in the code.</summary>
internal sealed partial record SettingRow(string Variable, string Default, string Meaning)
{
    /// <summary>What clients ask for when they install.</summary>
    public static IReadOnlyList<SettingRow> Asked { get; } = Read("## What clients ask for when they install");

    public static IReadOnlyList<SettingRow> All { get; } = [.. Asked, .. Read("## All other settings")];

    /// <summary>The default where the table states a value and not in words what it follows from.</summary>
    public string? DefaultValue => Value.Match(Default) is { Success: true } match ? match.Groups["value"].Value : null;

    /// <summary>Null for what the code does not read as a setting, such as the file of all others.</summary>
    public SettingShape? Shape => KnownSettings.Shapes.FirstOrDefault(shape => SettingNames.ToVariable(shape.Key) == Variable);

    /// <summary>The variable in the form of server.json.</summary>
    public JsonObject ToServerJson()
    {
        var shape = Shape ?? new SettingShape(Variable) { Format = SettingFormat.Path };
        var json = new JsonObject { ["name"] = Variable, ["description"] = Describe(), ["isRequired"] = false };
        if (shape.IsSecret)
        {
            json["isSecret"] = true;
        }

        json["format"] = shape.Format switch
        {
            SettingFormat.Number => "number",
            SettingFormat.Flag => "boolean",
            SettingFormat.Path => "filepath",
            _ => "string",
        };
        if (shape.Choices.Count > 0)
        {
            json["choices"] = new JsonArray([.. shape.Choices.Select(choice => (JsonNode)choice)]);
        }

        if (DefaultValue is { } value)
        {
            json["default"] = value;
        }

        return json;
    }

    /// <summary>One sentence or more in plain text, with the default where it is no value.</summary>
    private string Describe()
    {
        var text = ToPlainText(Meaning);
        return $"{char.ToUpperInvariant(text[0])}{text[1..]}.{(Default is not "" && DefaultValue is null ? $" Default: {ToPlainText(Default)}." : "")}";
    }

    private static string ToPlainText(string markdown) => Link.Replace(markdown, "$1").Replace("`", "", StringComparison.Ordinal);

    private static SettingRow[] Read(string heading)
    {
        var text = RepositoryRoot.Read("docs/settings.md");
        var section = text[text.IndexOf(heading, StringComparison.Ordinal)..];
        var end = section.IndexOf("\n## ", StringComparison.Ordinal);
        return [.. Row.Matches(end < 0 ? section : section[..end]).Select(match => new SettingRow(match.Groups[1].Value, match.Groups[2].Value.Trim(), match.Groups[3].Value))];
    }

    [GeneratedRegex(@"^\| `([A-Z0-9_]+)` \|([^|]*)\| ([^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row { get; }

    [GeneratedRegex(@"^(?:`(?<value>[^`]+)`|(?<value>[\d.]+|true|false))$")]
    private static partial Regex Value { get; }

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]+\)")]
    private static partial Regex Link { get; }
}
