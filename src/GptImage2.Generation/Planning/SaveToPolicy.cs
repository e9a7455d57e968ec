using GptImage2.Generation.Inputs.Sandbox;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Planning;

/// <summary>Decides, before anything is spent, where an additional copy may go.</summary>
public sealed class SaveToPolicy(LocalRoots roots, ICopyHistory history, IImageCatalog catalog, StorageOptions storage)
{
    /// <summary>File systems end a name at 255 bytes; the rest is for the numbers of several copies.</summary>
    private const int MaxNameBytes = 200;

    /// <summary>The formats that a model delivers.</summary>
    private static readonly ImageFormat[] Deliverable = [ImageFormat.Png, ImageFormat.Jpeg, ImageFormat.Webp];

    /// <param name="formats">Those that can be delivered.</param>
    /// <returns>The absolute path to write to, or null when no copy was asked for.</returns>
    /// <exception cref="InvalidRequestException">The path is outside the folders that may be written, does not fit the format, or must not be replaced.</exception>
    public async Task<string?> ResolveAsync(Caller caller, ImageRequest request, IReadOnlyList<ImageFormat> formats, CancellationToken cancellationToken)
    {
        var delivery = request.Delivery;
        Violation[] violations = [.. Check(caller, delivery, formats: formats)];
        if (violations is not [])
        {
            throw new InvalidRequestException(violations);
        }

        if (delivery.SaveTo is not { } asked || ResolvePath(asked) is not { } path)
        {
            return null;
        }

        foreach (var number in delivery.Overwrite ? Enumerable.Range(1, request.Count) : [])
        {
            var (named, real) = (SaveToNames.Create(GetFullPath(asked), number, request.Count), SaveToNames.Create(path, number, request.Count));
            if ((SandboxedFile.FindReplaceProblem(named) ?? await FindReplaceProblemAsync(caller, real, cancellationToken)) is { } problem)
            {
                var expected = $"to be omitted, because {Path.GetFileName(real)} is not replaced: {problem}";
                throw new InvalidRequestException([new Violation("overwrite", expected, "true", "false")]);
            }
        }

        return path;
    }

    /// <summary>Why what has this name must not be replaced, or null: only ordinary files are, which we wrote or which are in the working directory.</summary>
    /// <param name="path">Absolute, without links.</param>
    public async Task<string?> FindReplaceProblemAsync(Caller caller, string path, CancellationToken cancellationToken) => SandboxedFile.FindReplaceProblem(path) switch
    {
        { } problem => problem,
        _ when !SaveToNames.Exists(path) => null,
        _ when IsInStore(path) => "it belongs to the store, whose images never change",
        _ when roots.WorkingFolder is { } folder && LocalRoots.ContainsPath([folder], path) => null,
        _ when (await history.ListAsync(caller.Owner, cancellationToken)).FirstOrDefault(copy => RealPath.AreEqual(copy.Path, path)) is { } copy =>
            await catalog.FindAsync(caller.Owner, copy.ImageId, cancellationToken) is { File: var written } && SandboxedFile.HasBytes(path, written.Bytes, written.Sha256)
                ? null
                : "it was changed since this server wrote it, and it is outside the working directory",
        _ => "this server did not write it, and it is outside the working directory",
    };

    /// <summary>The images, the inbox, what jobs work on, and the catalog, also where the store is in the working directory.</summary>
    private bool IsInStore(string path) => LocalRoots.ContainsPath([storage.Root, storage.CatalogFolder], path);

    /// <summary>The format that a file name's extension means, or null where it is none of ours.</summary>
    public static ImageFormat? FindFormat(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".jpeg" => ImageFormat.Jpeg,
        ['.', .. var extension] when Deliverable.Where(format => format.Extension == extension).ToArray() is [var format] => format,
        _ => null,
    };

    /// <summary>What is wrong with the path, if anything.</summary>
    /// <param name="anyFormat">Whether the format is not known yet, so that every extension may be right.</param>
    /// <param name="formats">Those that can be delivered; null for all.</param>
    public IEnumerable<Violation> Check(Caller caller, Delivery delivery, bool anyFormat = false, IReadOnlyList<ImageFormat>? formats = null) => delivery.SaveTo switch
    {
        null when delivery.Overwrite => [new Violation("overwrite", "to be omitted without save_to", "true", "false")],
        null => [],
        var path when !caller.LocalPathsAllowed => [CreateViolation("no path, because files of your machine cannot be written from here (results have a download_url),", path)],
        ['~', ..] path => [CreateViolation("a path written out, because ~ is not expanded here", path)],
        var path when !Path.IsPathFullyQualified(path) && roots.WorkingFolder is null => [CreateViolation($"an absolute path below {DescribeWritableFolders()}", path)],
        var path when FindNameInFolder(path, ChooseFormat(delivery, formats)) is { } inside =>
            [CreateViolation("the path of a file, not of a folder", path, inside)],
        var path when !IsValidFileName(path) =>
            [CreateViolation($"the path of a file, without control characters, each part at most {MaxNameBytes} bytes long", path)],
        var path when !IsWritable(path) =>
            [CreateViolation($"a path below {DescribeWritableFolders()} (the user can add folders with GPTIMAGE2_OUTPUTS__ROOTS)", path)],
        var path when FindFormat(path) is not { } meant || !(formats ?? Deliverable).Contains(meant) =>
            [RefuseExtension(path, formats ?? Deliverable, anyFormat ? null : ChooseFormat(delivery, formats))],
        var path when !anyFormat && FindFormat(path) != delivery.Format =>
            [CreateViolation($"a file name that ends in .{delivery.Format.Extension}, to match format {delivery.Format.Name}", path, Path.ChangeExtension(path, delivery.Format.Extension))],
        _ => [],
    };

    /// <summary>An extension that is no format of ours.</summary>
    /// <param name="format">What is delivered, where that is known.</param>
    private static Violation RefuseExtension(string path, IReadOnlyList<ImageFormat> formats, ImageFormat? format)
    {
        string[] extensions = [.. formats.SelectMany(known => known is ImageFormat.Jpeg ? [".jpg", ".jpeg"] : new[] { $".{known.Extension}" })];
        return CreateViolation(
            $"a file name that ends in {string.Join(", ", extensions[..^1])} or {extensions[^1]}",
            path,
            format is { } known ? Path.ChangeExtension(path, known.Extension) : null);
    }

    /// <summary>The format that is asked for, or where it cannot be delivered, the first that can.</summary>
    private static ImageFormat ChooseFormat(Delivery delivery, IReadOnlyList<ImageFormat>? formats) =>
        formats is null || formats.Contains(delivery.Format) ? delivery.Format : formats[0];

    /// <returns>A file's path in the folder that was written, or null where it is none, or none that may be written.</returns>
    private string? FindNameInFolder(string path, ImageFormat format)
    {
        var inside = Path.Combine(path, $"image.{format.Extension}");
        return !string.IsNullOrWhiteSpace(path) && IsValidFileName(inside) && IsWritable(inside)
            && (Path.EndsInDirectorySeparator(path) || (FindFormat(path) is null && Directory.Exists(GetFullPath(path))))
            ? inside
            : null;
    }

    private bool IsWritable(string path) => ResolvePath(path) is { } real && LocalRoots.ContainsPath(roots.Writable, real);

    private string? ResolvePath(string path) => RealPath.Resolve(GetFullPath(path));

    private string GetFullPath(string path) => Path.Combine(roots.WorkingFolder ?? "", path);

    private static bool IsValidFileName(string path) =>
        Path.GetFileNameWithoutExtension(path).Trim() is not ""
        && !path.Any(char.IsControl)
        && path.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar).All(part => Encoding.UTF8.GetByteCount(part) <= MaxNameBytes);

    private string DescribeWritableFolders() => roots.Writable is [] ? "GPTIMAGE2_OUTPUTS__ROOTS, which is not set" : string.Join(" or ", roots.Writable);

    private static Violation CreateViolation(string expected, string asked, string? nearest = null) =>
        new("save_to", expected, Violation.Quote(asked), nearest);
}
