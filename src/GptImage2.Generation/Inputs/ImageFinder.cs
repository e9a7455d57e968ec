using GptImage2.Generation.Inputs.Sandbox;
using GptImage2.Generation.Inputs.Sources;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Inputs;

/// <summary>Finds what was probably meant by the name of an image that is not there: a file of nearly that name, an id, or words.</summary>
public sealed class ImageFinder(IImageCatalog catalog, ICopyHistory copies, LocalRoots roots, SharedFiles shared, StorageOptions storage)
{
    private const int MaxIds = 1000;

    private static readonly string[] NewestWords = ["last", "latest", "newest", "previous", "recent"];

    /// <summary>What says nothing of what an image shows.</summary>
    private static readonly string[] Filler = ["the", "a", "an", "my", "our", "this", "that", "image", "picture", "photo", "one", "of", "from", "with", "file", "img", "result", .. NewestWords];

    /// <returns>The image whose copy this path names, absolute or relative to the working folder; null where the file is no copy, or no longer one.</returns>
    public async Task<ImageRecord?> FindCopiedAsync(Caller caller, string text, CancellationToken cancellationToken)
    {
        if (!caller.LocalPathsAllowed
            || new ImageSourceParser(storage.Inbox).Parse(text) is not ImageSource.LocalFile { Path: var path }
            || (!Path.IsPathFullyQualified(path) && roots.WorkingFolder is null)
            || RealPath.Resolve(Path.Combine(roots.WorkingFolder ?? "", path)) is not { } real
            || (await copies.ListAsync(caller.Owner, cancellationToken)).FirstOrDefault(copy => RealPath.AreEqual(copy.Path, real)) is not { } copy)
        {
            return null;
        }

        var record = await catalog.FindAsync(caller.Owner, copy.ImageId, cancellationToken);
        return record is not null && (!File.Exists(real) || SandboxedFile.HasBytes(real, record.File.Bytes, record.File.Sha256)) ? record : null;
    }

    /// <returns>Why no image has the id, with the nearest one that there is.</returns>
    public async Task<ImageException> ExplainMissingIdAsync(Caller caller, string argument, string id, CancellationToken cancellationToken)
    {
        string[] known = [.. (await catalog.SuggestAsync(caller.Owner, "", MaxIds, cancellationToken)).Select(image => image.Id)];
        var nearest = known.Length is 0 ? null : EditDistance.FindNearest(id, known);
        return InputImageErrors.ImageNotFound(argument, id, nearest is not null && EditDistance.Compute(nearest, id) <= 3 ? nearest : null);
    }

    /// <returns>Why the text names no file, with what it may mean.</returns>
    public async Task<ImageException> ExplainMissingFileAsync(Caller caller, string argument, string text, CancellationToken cancellationToken)
    {
        // A copy that was written here is known by its name, and its image by its id, wherever the copy is.
        var name = Path.GetFileName(text.Trim());
        if ((await copies.ListAsync(caller.Owner, cancellationToken)).FirstOrDefault(copy => Path.GetFileName(copy.Path).Equals(name, StringComparison.OrdinalIgnoreCase)) is { } copy)
        {
            var place = File.Exists(copy.Path) && IsReadable(copy.Path) ? ToArgument(copy.Path) : copy.ImageId;
            return InputImageErrors.FileNotFound(argument, text, roots.WorkingFolder, storage.Inbox, place, isGuess: false);
        }

        if (FindNearestFile(text) is var (file, isSame))
        {
            return InputImageErrors.FileNotFound(argument, text, roots.WorkingFolder, storage.Inbox, file, isGuess: !isSame);
        }

        return LooksLikeWords(text) ? await ExplainWordsAsync(caller, argument, text, cancellationToken) : InputImageErrors.FileNotFound(argument, text, roots.WorkingFolder, storage.Inbox, null);
    }

    /// <returns>Why a caller on another machine gets no file of this name, with the shared file that it may mean.</returns>
    internal ImageException ExplainMissingSharedFile(Caller caller, string argument, string name) =>
        FindNearest(name, shared.EnumerateNames(), _ => true) is var (near, isSame)
            ? InputImageErrors.SharedFileNotFound(argument, name, near, isGuess: !isSame)
            : RemoteCallerErrors.SharedFileNotFound(caller, argument, name);

    private async Task<ImageException> ExplainWordsAsync(Caller caller, string argument, string text, CancellationToken cancellationToken)
    {
        string[] words = [.. SplitWords(text)];
        string[] telling = [.. words.Except(Filler)];
        var wantsNewest = telling is [] && words.Intersect(NewestWords).Any();
        var query = new ImageQuery { Words = string.Join(' ', telling), Limit = 2 };
        var page = telling is [] && !wantsNewest ? new ImagePage([], null) : await catalog.ListAsync(caller.Owner, query, cancellationToken);
        IReadOnlyList<ImageRecord> found = wantsNewest ? [.. page.Images.Take(1)] : page.Images;
        return InputImageErrors.NotAName(argument, text, telling.Length is 0 ? null : string.Join(' ', telling), found, page.IsPartialMatch);
    }

    /// <summary>Words and no path: no folder, no extension.</summary>
    private static bool LooksLikeWords(string text) => !text.AsSpan().ContainsAny('/', '\\', '.') && SplitWords(text).Any() && text.Length <= 200;

    private static IEnumerable<string> SplitWords(string text) =>
        text.ToLowerInvariant().Split([' ', '_', '-', ',', '"', '\''], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Any(char.IsLetterOrDigit));

    /// <returns>The path of the file whose name is the same or nearly so, as it can be written in a call; null where there is none.</returns>
    private (string Argument, bool IsSame)? FindNearestFile(string text) =>
        FindNearest(text, NearbyFiles.Enumerate(ListFolders()), IsReadable) is var (path, isSame) ? (ToArgument(path), isSame) : null;

    private IEnumerable<string> ListFolders() => [.. roots.WorkingFolder is { } folder ? [folder] : Array.Empty<string>(), storage.Inbox, .. roots.Readable];

    private static (string Path, bool IsSame)? FindNearest(string text, IEnumerable<string> paths, Func<string, bool> isReadable)
    {
        var name = Path.GetFileName(text.Trim());
        if (name.Length is 0 or > 200)
        {
            return null;
        }

        var stem = Path.GetFileNameWithoutExtension(name);
        var limit = Math.Max(1.5, stem.Length / 4.0);
        return paths
            .Select(path => (Path: path, Distance: ComputeDistance(Path.GetFileName(path), name, stem)))
            .Where(file => file.Distance <= limit)
            .OrderBy(file => file.Distance)
            .Where(file => isReadable(file.Path))
            .Select(file => ((string, bool)?)(file.Path, file.Distance < 1))
            .FirstOrDefault();
    }

    /// <summary>The same stem with another extension is nearly the same name.</summary>
    private static double ComputeDistance(string candidate, string name, string stem) =>
        candidate.Equals(name, StringComparison.OrdinalIgnoreCase) ? 0
        : Math.Abs(candidate.Length - name.Length) > 8 || GetDigits(candidate) != GetDigits(name) ? int.MaxValue
        : EditDistance.Compute(Path.GetFileNameWithoutExtension(candidate).ToUpperInvariant(), stem.ToUpperInvariant()) + 0.5;

    /// <summary>Frame 1 and frame 2 are two images, however alike their names are.</summary>
    private static string GetDigits(string name) => string.Concat(Path.GetFileNameWithoutExtension(name).Where(char.IsAsciiDigit));

    private bool IsReadable(string path) => RealPath.Resolve(path) is { } real && LocalRoots.ContainsPath([.. roots.Readable, storage.Inbox], real);

    private string ToArgument(string path) =>
        Path.GetDirectoryName(path) == storage.Inbox ? Path.GetFileName(path)
        : roots.WorkingFolder is { } folder && RealPath.IsBelow(path, folder) ? Path.GetRelativePath(folder, path)
        : path;
}
