namespace GptImage2.Generation.Inputs.Sandbox;

/// <summary>
/// What a path can mean on Windows beyond folders and names. Pure rules over text: naming a share or a device is enough for
/// Windows to access it, so they are checked before any access.
/// </summary>
internal static class WindowsPathRules
{
    private const char Separator = '\\';

    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

    /// <param name="folders">Folders that may be read; a share is accessed only below one of these.</param>
    /// <returns>What would be right instead; null where nothing is wrong.</returns>
    public static string? FindProblem(string path, IEnumerable<string> folders)
    {
        var text = path.Replace('/', Separator);
        return text switch
        {
            _ when text.StartsWith(@"\\?\", StringComparison.Ordinal) || text.StartsWith(@"\\.\", StringComparison.Ordinal) || text.StartsWith(@"\??\", StringComparison.Ordinal) =>
                "an ordinary path, without \\\\?\\ or \\\\.\\ before it",
            _ when text.StartsWith(@"\\", StringComparison.Ordinal) && !folders.Any(folder => RealPath.IsBelow(text, folder, StringComparison.OrdinalIgnoreCase, Separator)) =>
                "a path of this machine: a network share is read only where the user has added its folder to GPTIMAGE2_INPUTS__ROOTS",
            [var drive, ':', ..] when !char.IsAsciiLetter(drive) || text is not [_, _, Separator, ..] =>
                "an absolute path with its drive, as in C:\\Users\\me\\fox.png, or a relative one",
            [Separator, not Separator, ..] or [Separator] => "an absolute path with its drive, as in C:\\Users\\me\\fox.png, or a relative one",
            _ when GetSegments(text).Any(name => name.Contains(':', StringComparison.Ordinal)) => "the path of a file, without a colon in its name",
            _ when GetSegments(text).Any(IsDevice) => "the path of a file; CON, NUL, COM1 and the like are devices",
            _ when GetSegments(text).Any(name => name is not ("." or "..") && name[^1] is '.' or ' ') => "names as they are on disk, without a dot or a space at their end",
            _ when text.StartsWith(@"\\", StringComparison.Ordinal) && GetSegments(text).Contains("..") => "a path written out, without ..",
            _ => null,
        };
    }

    /// <summary>Without the \\?\ that the system puts before a path.</summary>
    public static string WithoutPrefix(string path) =>
        path.StartsWith(@"\\?\UNC\", StringComparison.OrdinalIgnoreCase) ? @"\\" + path[@"\\?\UNC\".Length..]
        : path.StartsWith(@"\\?\", StringComparison.Ordinal) ? path[@"\\?\".Length..]
        : path;

    private static string[] GetSegments(string text) =>
        (text is [_, ':', ..] ? text[2..] : text).Split(Separator, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Devices hide behind any extension: NUL.png is NUL.</summary>
    private static bool IsDevice(string name)
    {
        var stem = name.Split('.')[0].TrimEnd(' ');
        return Devices.Contains(stem, StringComparer.OrdinalIgnoreCase)
            || (stem.Length is 4
                && (stem.StartsWith("COM", StringComparison.OrdinalIgnoreCase) || stem.StartsWith("LPT", StringComparison.OrdinalIgnoreCase))
                && stem[3] is (>= '0' and <= '9') or '¹' or '²' or '³');
    }
}
