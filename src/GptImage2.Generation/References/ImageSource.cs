using System.Text.RegularExpressions;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.References;

/// <summary>Where the picture named by an argument comes from. Closed: these are all the cases there are.</summary>
public abstract partial record ImageSource
{
    private ImageSource()
    {
    }

    /// <summary>A picture of the store, by its id.</summary>
    public sealed record Stored(string Id) : ImageSource;

    /// <summary>A file of this machine, by a path that nobody has checked yet.</summary>
    public sealed record LocalFile(string Path) : ImageSource;

    /// <summary>The bytes themselves.</summary>
    public sealed record Inline(ReadOnlyMemory<byte> Bytes) : ImageSource;

    /// <summary>Something we can name but not read; the text says what to do instead.</summary>
    public sealed record Unusable(string Expected) : ImageSource;

    /// <summary>Reads the one grammar of image arguments: an id, image://id, a path, file://, or a data: URI.</summary>
    /// <param name="inbox">Where a user can put a picture that only the chat has.</param>
    public static ImageSource Parse(string text, string inbox) => text.Trim() switch
    {
        var id when StoredId.Match(id) is { Success: true } match => new Stored(match.Groups[1].Value),
        var data when data.StartsWith("data:", StringComparison.OrdinalIgnoreCase) => ParseData(data),
        var attachment when IsAttachment(attachment) => new Unusable(
            $"a picture that is on this machine (a chat attachment is not): save it into {inbox} and call again with its file name"),
        var url when url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) =>
            new Unusable($"a picture that is on this machine: save it into {inbox} and call again with its file name"),
        var uri when uri.StartsWith("file:", StringComparison.OrdinalIgnoreCase) => ParseFile(uri),
        var path => new LocalFile(path),
    };

    private static ImageSource ParseData(string text)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || !text.AsSpan(0, comma).EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
        {
            return new Unusable("a data: URI with ;base64 before its comma");
        }

        var bytes = new byte[(text.Length - comma) / 4 * 3 + 3];
        return Convert.TryFromBase64String(text[(comma + 1)..], bytes, out var length)
            ? new Inline(bytes.AsMemory(0, length))
            : new Unusable("a data: URI whose base64 is whole");
    }

    private static ImageSource ParseFile(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.IsFile && uri.Host is ""
            ? new LocalFile(uri.LocalPath)
            : new Unusable("a file: URI without a host, as in file:///home/me/fox.png");

    private static bool IsAttachment(string text) =>
        text.StartsWith("/mnt/user-data/", StringComparison.Ordinal)
        || text.StartsWith("/mnt/data/", StringComparison.Ordinal)
        || text.StartsWith("sandbox:", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("attachment:", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^(?:image://)?(img_" + Id.Pattern + ")$", RegexOptions.CultureInvariant)]
    private static partial Regex StoredId { get; }
}
