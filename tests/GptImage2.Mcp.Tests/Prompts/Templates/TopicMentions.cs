namespace GptImage2.Mcp.Tests.Prompts.Templates;

/// <summary>Topics that a text sends its reader to.</summary>
internal static partial class TopicMentions
{
    public static IEnumerable<string> FindAll(string text) => Mention.Matches(text).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"list_presets (?:with )?topic ([a-z]+(?:-[a-z]+)*)")]
    private static partial Regex Mention { get; }
}
