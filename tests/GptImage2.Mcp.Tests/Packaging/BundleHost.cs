namespace GptImage2.Mcp.Tests.Packaging;

/// <summary>
/// Claude Desktop, as far as it reads a bundle's manifest: defaults, then what the user has chosen, take the place of placeholders; a list takes it in
/// arguments only, one argument a value, and a placeholder without a value stays (what @anthropic-ai/mcpb 2.1.2 does).
/// </summary>
internal sealed class BundleHost(JsonObject manifest, string folder, string home)
{
    public (string Command, string[] Arguments, (string Variable, string Value)[] Environment) Configure(Dictionary<string, string[]> chosen)
    {
        var config = manifest["server"]!["mcp_config"]!;
        var values = manifest["user_config"]!.AsObject().ToDictionary(field => $"${{user_config.{field.Key}}}", field => chosen.GetValueOrDefault(field.Key) ?? Default(field.Value!["default"]));
        string[] arguments = [.. config["args"]!.AsArray().Select(argument => argument!.GetValue<string>()).SelectMany(argument => values.GetValueOrDefault(argument) ?? [Replace(argument, values)])];
        return (
            Replace(config["command"]!.GetValue<string>(), values),
            arguments,
            [.. config["env"]!.AsObject().Select(variable => (variable.Key, Replace(variable.Value!.GetValue<string>(), values)))]);
    }

    private static string[]? Default(JsonNode? value) => value switch
    {
        null => null,
        JsonArray list => [.. list.Select(item => item!.ToString())],
        _ => [value.ToString()],
    };

    private string Replace(string text, Dictionary<string, string[]?> values)
    {
        foreach (var (placeholder, value) in values)
        {
            text = value is [var only] ? text.Replace(placeholder, only, StringComparison.Ordinal) : text;
        }

        return text.Replace("${__dirname}", folder, StringComparison.Ordinal).Replace("${HOME}", home, StringComparison.Ordinal);
    }
}
