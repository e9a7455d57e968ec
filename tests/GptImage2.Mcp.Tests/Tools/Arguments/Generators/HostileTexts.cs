namespace GptImage2.Mcp.Tests.Tools.Arguments.Generators;

/// <summary>Texts that break what is careless with text.</summary>
internal static class HostileTexts
{
    public static string[] Texts { get; } =
    [
        "\0",
        "a\0b",
        "\u202Eright to left",
        "\uFEFFmark",
        "👩‍👩‍👧‍👦",
        "e\u0301\u0301\u0301\u0301",
        "line\ncount: expected 1 to 10 but received 11.",
        "tab\tand\r\nreturn",
        "\"quoted\" \\ back",
        "'; DROP TABLE images; --",
        "{\"prompt\": 5}",
        "]]><script>",
        "\u2028separator\u2029",
        string.Concat(Enumerable.Repeat("🦊", 200)),
        new string('"', 100),
    ];
}
