using System.Text.RegularExpressions;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Inputs.Sources;

/// <summary>Refuses texts that mean a path to a shell or to a browser, but name no file as they stand. Touches nothing.</summary>
internal static partial class LocalPathParser
{
    public static ImageSource Parse(string text) =>
        FindProblem(text) is { } expected ? new ImageSource.Unusable(expected)
        : ImageFileNaming.ParseId(text) is { } id ? new ImageSource.FileName(text, id)
        : new ImageSource.LocalFile(text);

    /// <summary>What would be right instead; null where the text can be a path.</summary>
    public static string? FindProblem(string text) => text switch
    {
        _ when text.Any(char.IsControl) => "a path without control characters",
        ['~', ..] => "a path written out, because ~ means nothing here",
        _ when ShellVariablePattern.IsMatch(text) => "a path written out, because variables of a shell mean nothing here",
        _ when PercentEncodedPattern.IsMatch(text) => "a path as it is on disk, without %-encoded dots, slashes or zeros",
        _ when !OperatingSystem.IsWindows() && text.Contains('\\', StringComparison.Ordinal) => "a path of this machine, with forward slashes",
        _ when text.AsSpan().ContainsAny('*', '?') && !text.StartsWith(@"\\?\", StringComparison.Ordinal) => "the exact path of one file, because * and ? stand for nothing here (list_images shows what the inbox holds)",
        _ when !OperatingSystem.IsWindows() && DrivePattern.IsMatch(text) => "a path of this machine, which has no drive letters",
        _ => null,
    };

    /// <summary>A whole part of a path: $HOME, ${HOME}, $(pwd), $env:TEMP, %TEMP%, or a command in backticks.</summary>
    [GeneratedRegex(@"(?:^|[/\\])(?:\$[A-Za-z_({][^/\\]*|%\w+%|`[^/\\]*)(?:[/\\]|$)", RegexOptions.CultureInvariant)]
    private static partial Regex ShellVariablePattern { get; }

    /// <summary>Encoded once or more often: a dot, a slash, a backslash, or a character that ends texts or lines.</summary>
    [GeneratedRegex("%(?:25)*(?:2e|2f|5c|[01][0-9a-f])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex PercentEncodedPattern { get; }

    [GeneratedRegex("^[A-Za-z]:/", RegexOptions.CultureInvariant)]
    private static partial Regex DrivePattern { get; }
}
