namespace GptImage2.Generation.Inputs.Sources;

/// <summary>Recognises the path of a file of another machine, of whatever system that is. Pure text.</summary>
internal static partial class RemotePath
{
    private const string Scheme = "file:";

    /// <returns>The path as a shell of that machine takes it, or null where the text is a relative name without steps upwards, or no path.</returns>
    public static string? Find(string text) => text.Trim() switch
    {
        var path when path.Any(char.IsControl) => null,
        var uri when uri.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) => ReadUri(uri[Scheme.Length..]),
        var path when PathPattern.IsMatch(path) => path,
        _ => null,
    };

    /// <param name="uri">Without its scheme.</param>
    private static string? ReadUri(string uri)
    {
        var path = Uri.UnescapeDataString(uri.StartsWith("//", StringComparison.Ordinal) ? uri[2..] : uri);
        return path.Any(char.IsControl) || path is "" ? null : path is ['/', _, ':', ..] ? path[1..] : path;
    }

    /// <summary>Absolute, with a drive or a share, in the home folder, or relative with dots or backslashes.</summary>
    [GeneratedRegex(@"^(?:/|~/|[A-Za-z]:[/\\])|\\|^\.\.?/|/\.\.?(?:/|$)", RegexOptions.CultureInvariant)]
    private static partial Regex PathPattern { get; }
}
