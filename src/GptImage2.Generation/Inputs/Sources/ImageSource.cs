using System.Text.RegularExpressions;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Inputs.Sources;

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

    /// <summary>A file's name without a folder, such as the store gives: a file of this machine, or else the stored picture of that id.</summary>
    public sealed record FileName(string Name, string Id) : ImageSource;

    /// <summary>A picture of the internet, by an https address that nobody has checked yet.</summary>
    public sealed record Remote(Uri Address) : ImageSource;

    /// <summary>The bytes themselves.</summary>
    public sealed record Inline(ReadOnlyMemory<byte> Bytes) : ImageSource;

    /// <summary>Something we can name but not read; the text says what to do instead.</summary>
    public sealed record Unusable(string Expected) : ImageSource;

    /// <summary>Reads the one grammar of image arguments: an id, image://id, the name of a stored picture's file, a path, file://, https://, or a data: URI.</summary>
    /// <param name="inbox">Where a user can put a picture that only the chat has.</param>
    public static ImageSource Parse(string text, string inbox) => text.Trim() switch
    {
        "" => new Unusable("an id (img_…), a path, an https:// address or a data: URI"),
        var id when StoredIdPattern.Match(id) is { Success: true } match => new Stored(match.Groups[1].Value),
        var data when HasScheme(data, "data:") => DataUriParser.Parse(data, inbox),
        var attachment when ChatAttachmentPattern.IsMatch(attachment) => new Unusable(
            $"a picture that is on this machine (a chat attachment is not): save it into {inbox} and call again with its file name"),
        var image when HasScheme(image, "image:") => new Unusable("an id as list_images gives it, for example image://img_ and 16 letters"),
        var url when HasScheme(url, "https:") => RemoteAddressParser.Parse(url, inbox),
        var url when HasScheme(url, "http:") => new Unusable($"an https:// address (http:// can be changed on its way): use https, or save the picture into {inbox} and call again with its file name"),
        var uri when HasScheme(uri, "file:") => FileUriParser.Parse(uri),
        var other when UnknownSchemePattern.IsMatch(other) => new Unusable(
            $"an id (img_…), a path, file://, https:// or a data: URI; anything else can be saved into {inbox}, to call again with its file name"),
        var path => LocalPathParser.Parse(path),
    };

    private static bool HasScheme(string text, string scheme) => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^(?:image://)?(img_" + IdGenerator.Pattern + ")$", RegexOptions.CultureInvariant)]
    private static partial Regex StoredIdPattern { get; }

    /// <summary>Names that mean something to a chat only: folders of its own machine, its schemes, and ids of uploaded files.</summary>
    [GeneratedRegex("^(?:/mnt/user-data/|/mnt/data/|(?:sandbox|attachment|blob|cid):|file[-_](?=[A-Za-z]*[0-9])[A-Za-z0-9]{16,}$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ChatAttachmentPattern { get; }

    /// <summary>Two letters at least: one and a colon is a drive.</summary>
    [GeneratedRegex("^[a-z][a-z0-9+.-]+://", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex UnknownSchemePattern { get; }
}
