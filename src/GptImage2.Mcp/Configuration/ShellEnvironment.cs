using System.Collections;

namespace GptImage2.Mcp.Configuration;

/// <summary>The variables that this process was started with. They are read here and nowhere else.</summary>
internal static class ShellEnvironment
{
    /// <summary>By names that may be written in any case.</summary>
    public static Dictionary<string, string> Read()
    {
        var variables = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

        // Where names may differ in case only, as http_proxy and HTTP_PROXY often do, the one in capitals comes last and wins.
        foreach (var entry in Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().OrderByDescending(entry => (string)entry.Key, StringComparer.Ordinal))
        {
            variables[(string)entry.Key] = (string?)entry.Value ?? "";
        }

        return variables;
    }

    /// <summary>Whether there is a key of OpenAI that is one.</summary>
    public static bool HasKey(IReadOnlyDictionary<string, string> variables) => variables.GetValueOrDefault("OPENAI_API_KEY")?.Trim() is { Length: > 0 } key && !KeyPlaceholder.IsOne(key);
}
