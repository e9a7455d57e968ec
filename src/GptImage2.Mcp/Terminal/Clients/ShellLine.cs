namespace GptImage2.Mcp.Terminal.Clients;

/// <summary>A command line as a person types it.</summary>
internal static partial class ShellLine
{
    /// <summary>For the shell of this system.</summary>
    public static string Write(IEnumerable<string> words) => Write(words, OperatingSystem.IsWindows());

    public static string Write(IEnumerable<string> words, bool windows) => string.Join(' ', words.Select(word => Plain.IsMatch(word) ? word : windows ? QuoteForWindows(word) : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'"));

    /// <summary>The line that sets a variable in the shell of this system.</summary>
    public static string SetVariable(string variable, string value) => OperatingSystem.IsWindows() ? $"$env:{variable} = '{value}'" : $"export {variable}={Write([value], windows: false)}";

    private static string QuoteForWindows(string word) => $"\"{word.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>What every shell takes as it is.</summary>
    [GeneratedRegex(@"^[\w@%+=:,./…-]+\z")]
    private static partial Regex Plain { get; }
}
