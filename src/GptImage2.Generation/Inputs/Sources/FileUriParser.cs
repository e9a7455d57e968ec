namespace GptImage2.Generation.Inputs.Sources;

/// <summary>Reads file: URIs of this machine, decoding them exactly once.</summary>
internal static class FileUriParser
{
    private const string Scheme = "file:";

    public static ImageSource Parse(string text)
    {
        var rest = text[Scheme.Length..];
        var path = rest.StartsWith("//", StringComparison.Ordinal) ? rest[2..] : rest;
        if (path is not ['/', ..] || path.StartsWith("//", StringComparison.Ordinal) || path.Contains('\\', StringComparison.Ordinal))
        {
            return new ImageSource.Unusable("a file: URI without a host, as in file:///home/me/fox.png");
        }

        if (path.AsSpan().ContainsAny('?', '#'))
        {
            return new ImageSource.Unusable("a file: URI with no query and no fragment (in a name, ? is written %3F and # is written %23)");
        }

        return LocalPathParser.FindProblem(path) is { } refusal
            ? new ImageSource.Unusable(refusal)
            : LocalPathParser.Parse(WithoutSlashBeforeDrive(Uri.UnescapeDataString(path)));
    }

    private static string WithoutSlashBeforeDrive(string path) =>
        OperatingSystem.IsWindows() && path is ['/', var drive, ':', ..] && char.IsAsciiLetter(drive) ? path[1..] : path;
}
