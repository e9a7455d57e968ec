namespace GptImage2.Backends.OpenAI.Compatible.Servers;

/// <summary>Makes harmless what a server would obey in a prompt, or split it at.</summary>
internal static partial class PromptCleaner
{
    /// <summary>
    /// sd-server takes JSON between two tags out of a prompt and carries it out. Without the tags it is text like any other. What is left around a
    /// removed tag may be a tag again, so they are removed until there is none.
    /// </summary>
    public static string RemoveExtraArguments(string prompt)
    {
        while (ExtraArguments.Replace(prompt, "") is var cleaned && cleaned.Length != prompt.Length)
        {
            prompt = cleaned;
        }

        return prompt;
    }

    /// <summary>LocalAI takes what follows a vertical bar for what is not to be drawn.</summary>
    public static string RemoveSplits(string prompt) => prompt.Replace('|', '¦');

    [GeneratedRegex(@"<\s*/?\s*sd_cpp_extra_args\b[^<>]*>", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ExtraArguments { get; }
}
