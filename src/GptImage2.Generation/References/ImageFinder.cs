using System.Diagnostics;
using GptImage2.Generation.Failures;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Imaging;

namespace GptImage2.Generation.References;

/// <summary>Finds the picture that an argument names, and refuses what the caller may not read.</summary>
public sealed class ImageFinder(IImageStore store, ICatalog catalog, StorageOptions storage, LocalRoots roots)
{
    /// <param name="argument">The argument's name, for the text of a refusal.</param>
    /// <param name="text">What the caller wrote.</param>
    /// <exception cref="ImageException">There is no such picture, or the caller may not read it.</exception>
    public async Task<FoundImage> FindAsync(Caller caller, string argument, string text, CancellationToken cancellationToken) =>
        ImageSource.Parse(text, storage.Inbox) switch
        {
            ImageSource.Stored { Id: var id } => await StoredAsync(caller, argument, id, cancellationToken),
            ImageSource.LocalFile { Path: var path } => new FoundImage(EncodedImage.FromFile(Local(caller, argument, path)), null),
            ImageSource.Inline { Bytes: var bytes } => new FoundImage(EncodedImage.FromMemory(bytes), null),
            ImageSource.Unusable { Expected: var expected } => throw Invalid(argument, expected, text),
            _ => throw new UnreachableException(),
        };

    private async Task<FoundImage> StoredAsync(Caller caller, string argument, string id, CancellationToken cancellationToken)
    {
        var record = await catalog.FindAsync(caller.Owner, id, cancellationToken)
            ?? throw Refused(FailureCode.NotFound, argument, $"{argument}: there is no image {id}. list_images shows what there is.");
        return new FoundImage(store.Open(record.File), record);
    }

    private string Local(Caller caller, string argument, string path)
    {
        if (!caller.LocalPathsAllowed)
        {
            throw Invalid(argument, "an id (img_…) or a data: URI, because files of the server's machine are not yours", path);
        }

        // Where a path lies is judged before whether anything lies there: a refusal tells nothing about other folders.
        string[] candidates = [.. Candidates(path).Select(RealPath.Of).OfType<string>()];
        string[] allowed = [.. candidates.Where(candidate => LocalRoots.Contain([.. roots.Readable, storage.Root], candidate))];
        if (candidates is not [] && allowed is [])
        {
            throw Refused(
                FailureCode.NotAllowed,
                argument,
                $"{argument}: {Violation.Quote(path)} lies outside the folders that may be read ({string.Join(", ", [.. roots.Readable, storage.Root])}). " +
                "Copy it into one of them, or the user can add its folder to GPTIMAGE2_INPUTS__ROOTS.");
        }

        var real = Array.Find(allowed, File.Exists)
            ?? throw Refused(
                FailureCode.NotFound,
                argument,
                $"{argument}: there is no file {Violation.Quote(path)}. A relative path starts at {roots.WorkingFolder ?? "no folder (give an absolute path)"}; " +
                $"a bare name is also looked for in {storage.Inbox}.");

        // Pipes and devices have no length either, and opening one may wait for ever.
        return new FileInfo(real).Length > 0
            ? real
            : throw Refused(FailureCode.UnreadableImage, argument, $"{argument}: {Violation.Quote(path)} is empty, or no ordinary file.");
    }

    private IEnumerable<string> Candidates(string path)
    {
        if (Path.IsPathFullyQualified(path))
        {
            return [path];
        }

        IEnumerable<string> below = roots.WorkingFolder is { } folder ? [Path.Combine(folder, path)] : [];
        return Path.GetFileName(path) == path ? below.Append(Path.Combine(storage.Inbox, path)) : below;
    }

    private static InvalidRequestException Invalid(string argument, string expected, string text) =>
        new([new Violation(argument, expected, Violation.Quote(text))]);

    private static ImageException Refused(FailureCode code, string argument, string message) =>
        new(new Failure { Code = code, Message = message, Retry = RetryAdvice.Changed, Argument = argument });
}

/// <summary>A picture that may be read.</summary>
/// <param name="Record">How it was made, where it is one of ours.</param>
public sealed record FoundImage(EncodedImage Image, ImageRecord? Record);
