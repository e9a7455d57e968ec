namespace GptImage2.Mcp.Terminal.Try;

/// <summary>What is written for a model that calls a tool, in the words of who typed <c>try</c>.</summary>
internal static partial class TerminalWords
{
    private static readonly (string Said, string Typed)[] Words =
    [
        ("Call again without dry_run to make it.", "The same without --dry-run makes it."),
        ("SKETCH, not a real image: ", "It would be a SKETCH: "),
        ("the server has no OPENAI_API_KEY", "OPENAI_API_KEY is not set"),
        ("overwrite: true", "--overwrite"),
        (" for this server and restart it.", " and call again."),
        (" and restart this server", " and call again"),
    ];

    /// <param name="isMade">Whether an image was made, so that what it is is said of it.</param>
    public static string Translate(string text, bool isMade)
    {
        foreach (var (said, typed) in Words.Where(word => !(isMade && word.Said.StartsWith("SKETCH", StringComparison.Ordinal))))
        {
            text = text.Replace(said, typed, StringComparison.Ordinal);
        }

        return Arguments.Replace(text, match => $"--{match.Value.Replace('_', '-')}");
    }

    /// <summary>Names of arguments that are no words.</summary>
    [GeneratedRegex("(?<![-_\\w])(?:resize_to|save_to|dry_run)(?![-_\\w])")]
    private static partial Regex Arguments { get; }
}
