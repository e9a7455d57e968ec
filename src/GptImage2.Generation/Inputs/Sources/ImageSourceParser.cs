using GptImage2.Generation.Cast;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Inputs.Sources;

/// <summary>
/// Reads the one grammar of image arguments: an id, image://id, the name of a stored image's file, cast://name or @name, a path,
/// file://, https://, or a data: URI. Pure text: nothing is opened, and nothing is asked.
/// </summary>
/// <param name="inbox">Where a user can put an image that only the chat has; named in the texts.</param>
/// <param name="instead">What a caller on another machine, who has no inbox, does with such an image; null for one on this machine.</param>
public sealed partial class ImageSourceParser(string inbox, string? instead = null)
{
    private const int MaxAddressLength = 8_000;

    /// <summary>Most bytes of a data: URI once decoded.</summary>
    private const int MaxInlineBytes = 50 << 20;

    private string InboxAdvice => instead ?? $"save the image into {inbox} and call again with its file name";

    /// <summary>Whether it is what a chat calls something that was attached there.</summary>
    public static bool IsChatAttachment(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ChatAttachmentPattern.IsMatch(text.Trim());
    }

    public ImageSource Parse(string text) => text.Trim() switch
    {
        "" => new ImageSource.Unusable("an id (img_…), a path, an https:// address or a data: URI"),
        var id when StoredIdPattern.Match(id) is { Success: true } match => new ImageSource.Stored(match.Groups[1].Value),
        var id when NearIdPattern.IsMatch(id) => new ImageSource.Stored(id),
        var data when HasScheme(data, "data:") => ParseDataUri(data),
        var base64 when BareBase64Pattern.IsMatch(base64) => ParseDataUri($"data:;base64,{base64}"),
        var attachment when ChatAttachmentPattern.IsMatch(attachment) =>
            new ImageSource.Unusable($"an image that is on this machine (a chat attachment is not): {InboxAdvice}"),
        var cast when HasScheme(cast, "cast:") => CastImageAddress.Parse(cast) is var (name, part)
            ? new ImageSource.CastImage(name, part)
            : new ImageSource.Unusable("an entry of the cast, as in cast://Mira or cast://Mira/winter"),
        ['@', ..] and var mention when CastImageAddress.Parse(mention) is var (name, part) => new ImageSource.CastImage(name, part),
        var image when HasScheme(image, "image:") => new ImageSource.Unusable("an id as list_images gives it, for example image://img_ and 16 letters"),
        var url when HasScheme(url, "https:") => ParseAddress(url),
        var url when HasScheme(url, "http:") => new ImageSource.Unusable($"an https:// address (http:// can be changed in transit): use https, or {InboxAdvice}"),
        var uri when HasScheme(uri, "file:") => ParseFileUri(uri["file:".Length..]),
        var other when UnknownSchemePattern.IsMatch(other) =>
            new ImageSource.Unusable($"an id (img_…), a path, file://, https:// or a data: URI; for anything else {InboxAdvice}"),
        var path => ParsePath(path),
    };

    /// <summary>In base64, also the URL-safe kind, with or without padding. The declared media type is ignored.</summary>
    private ImageSource ParseDataUri(string text)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || !text.AsSpan(0, comma).TrimEnd().EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
        {
            return new ImageSource.Unusable("a data: URI with ;base64 before its comma");
        }

        var base64 = text.AsSpan(comma + 1).Trim();
        if ((long)base64.Length / 4 * 3 > MaxInlineBytes)
        {
            return new ImageSource.Unusable($"a data: URI of at most {MaxInlineBytes >> 20} MB: {InboxAdvice}");
        }

        var bytes = new byte[(base64.Length / 4 * 3) + 3];
        return Convert.TryFromBase64Chars(base64, bytes, out var length) || TryDecodeUrlSafe(base64, bytes, out length)
            ? new ImageSource.Inline(bytes.AsMemory(0, length))
            : new ImageSource.Unusable("a data: URI with complete, valid base64");
    }

    private static bool TryDecodeUrlSafe(ReadOnlySpan<char> base64, Span<byte> bytes, out int length)
    {
        var missing = -base64.Length & 3;
        var ordinary = new char[base64.Length + missing];
        base64.Replace(ordinary, '-', '+');
        ordinary.AsSpan().Replace('_', '/');
        ordinary.AsSpan(base64.Length).Fill('=');
        return Convert.TryFromBase64Chars(ordinary, bytes, out length);
    }

    /// <summary>Whether an address may be asked is decided where it is fetched.</summary>
    private ImageSource ParseAddress(string text) =>
        text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        && text.Length <= MaxAddressLength
        && !text.Any(character => char.IsControl(character) || char.IsWhiteSpace(character) || character is '\\')
        && Uri.TryCreate(text, UriKind.Absolute, out var address)
            ? new ImageSource.Remote(address)
            : new ImageSource.Unusable($"a complete https:// address, as in https://example.com/fox.png; or {InboxAdvice}");

    /// <summary>Percent-encoding is decoded exactly once.</summary>
    /// <param name="uri">Without its scheme.</param>
    private static ImageSource ParseFileUri(string uri)
    {
        var path = uri.StartsWith("//", StringComparison.Ordinal) ? uri[2..] : uri;
        if (path is not ['/', ..] || path.StartsWith("//", StringComparison.Ordinal) || path.Contains('\\', StringComparison.Ordinal))
        {
            return new ImageSource.Unusable("a file: URI without a host, as in file:///home/me/fox.png");
        }

        if (path.AsSpan().ContainsAny('?', '#'))
        {
            return new ImageSource.Unusable("a file: URI with no query and no fragment (in a name, ? is written %3F and # is written %23)");
        }

        return FindPathProblem(path) is { } expected
            ? new ImageSource.Unusable(expected)
            : ParsePath(WithoutSlashBeforeDrive(Uri.UnescapeDataString(path)));
    }

    private static string WithoutSlashBeforeDrive(string path) =>
        OperatingSystem.IsWindows() && path is ['/', var drive, ':', ..] && char.IsAsciiLetter(drive) ? path[1..] : path;

    private static ImageSource ParsePath(string text) =>
        FindPathProblem(text) is { } expected ? new ImageSource.Unusable(expected)
        : ImageFileNaming.ParseId(text) is { } id ? new ImageSource.FileName(text, id)
        : new ImageSource.LocalFile(text);

    /// <summary>Rejects texts that mean a path to a shell or to a browser but name no file as they stand.</summary>
    /// <returns>What would be right instead; null where the text can be a path.</returns>
    private static string? FindPathProblem(string text) => text switch
    {
        _ when text.Any(char.IsControl) => "a path without control characters",
        ['~', ..] => "a path written out, because ~ is not expanded here",
        _ when ShellVariablePattern.IsMatch(text) => "a path written out, because shell variables are not expanded here",
        _ when PercentEncodedPattern.IsMatch(text) => "a path as it is on disk, without %-encoded dots, slashes or zeros",
        _ when !OperatingSystem.IsWindows() && text.Contains('\\', StringComparison.Ordinal) => "a path of this machine, with forward slashes",
        _ when text.AsSpan().ContainsAny('*', '?') && !text.StartsWith(@"\\?\", StringComparison.Ordinal) =>
            "the exact path of one file, because * and ? are not expanded here (list_images shows what the inbox holds)",
        _ when !OperatingSystem.IsWindows() && DrivePattern.IsMatch(text) => "a path of this machine, which has no drive letters",
        _ => null,
    };

    private static bool HasScheme(string text, string scheme) => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^(?:image://)?(img_" + IdGenerator.Pattern + ")$", RegexOptions.CultureInvariant)]
    private static partial Regex StoredIdPattern { get; }

    /// <summary>An id with a letter too few or too many. A camera's names, IMG_20231105, are in capitals and have no letters behind them.</summary>
    [GeneratedRegex("^img_(?=[0-9]*[a-z])[a-z0-9]{8,24}$", RegexOptions.CultureInvariant)]
    private static partial Regex NearIdPattern { get; }

    /// <summary>The first bytes of PNG, JPEG, WebP and GIF in base64, and nothing but base64 after them.</summary>
    [GeneratedRegex(@"^(?:iVBORw0KGgo|/9j/|UklGR|R0lGOD)[A-Za-z0-9+/_\s-]{24,}={0,2}$", RegexOptions.CultureInvariant)]
    private static partial Regex BareBase64Pattern { get; }

    /// <summary>Names that mean something to a chat only: folders of its own machine, its schemes, and ids of uploaded files.</summary>
    [GeneratedRegex("^(?:/mnt/user-data/|/mnt/data/|(?:sandbox|attachment|blob|cid):|file[-_](?=[A-Za-z]*[0-9])[A-Za-z0-9]{16,}$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ChatAttachmentPattern { get; }

    /// <summary>Two letters at least: one and a colon is a drive.</summary>
    [GeneratedRegex("^[a-z][a-z0-9+.-]+://", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex UnknownSchemePattern { get; }

    /// <summary>A whole part of a path: $HOME, ${HOME}, $(pwd), $env:TEMP, %TEMP%, or a command in backticks.</summary>
    [GeneratedRegex(@"(?:^|[/\\])(?:\$[A-Za-z_({][^/\\]*|%\w+%|`[^/\\]*)(?:[/\\]|$)", RegexOptions.CultureInvariant)]
    private static partial Regex ShellVariablePattern { get; }

    /// <summary>Encoded once or more often: a dot, a slash, a backslash, or a character that ends texts or lines.</summary>
    [GeneratedRegex("%(?:25)*(?:2e|2f|5c|[01][0-9a-f])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex PercentEncodedPattern { get; }

    [GeneratedRegex("^[A-Za-z]:/", RegexOptions.CultureInvariant)]
    private static partial Regex DrivePattern { get; }
}
