using System.Diagnostics;
using GptImage2.Generation.Cast;
using GptImage2.Generation.Inputs.Sources;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.Inputs;

/// <summary>Finds the image that an argument names, and rejects what the caller may not read.</summary>
public sealed class ImageArgumentResolver(
    IImageStore store, IImageCatalog catalog, CastStore cast, StorageOptions storage, LocalFileAccess local, SharedFiles shared, ImageFinder finder, IRemoteImageFetcher remote)
{
    private const string IdPrefix = "img_";

    private static readonly SearchValues<char> LettersAndDigits = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    private readonly ImageSourceParser _parser = new(storage.Inbox);

    /// <param name="argument">The argument's name, for the text of an error.</param>
    /// <exception cref="ImageException">There is no such image, or the caller may not read it.</exception>
    public async Task<ResolvedImage> ResolveAsync(Caller caller, string argument, string text, CancellationToken cancellationToken) =>
        Parse(caller, text) switch
        {
            ImageSource.Stored { Id: var id } => OpenStored(
                argument, await catalog.FindAsync(caller.Owner, id, cancellationToken) ?? throw await finder.ExplainMissingIdAsync(caller, argument, id, cancellationToken)),
            ImageSource.FileName { Name: var name, Id: var id } => await ResolveFileNameAsync(caller, argument, name, id, cancellationToken),
            ImageSource.LocalFile { Path: var path } => await OpenLocalFileAsync(caller, argument, path, text, cancellationToken),
            ImageSource.Remote { Address: var address } => await FetchRemoteAsync(caller, argument, address, cancellationToken),
            ImageSource.CastImage { Name: var name, Part: var part } => await OpenCastAsync(caller, argument, name, part, cancellationToken),
            ImageSource.Inline { Bytes: var bytes } => new ResolvedImage(argument, EncodedImage.FromMemory(bytes), null),
            ImageSource.Unusable when !caller.LocalPathsAllowed && RemotePath.Find(text) is { } path =>
                throw RemoteCallerErrors.OwnFile(caller, argument, text, path),
            ImageSource.Unusable { Expected: var expected } => throw InputImageErrors.Invalid(argument, expected, text),
            _ => throw new UnreachableException(),
        };

    /// <summary>Finds several images, or reports together what is wrong with each.</summary>
    /// <param name="argument">The name of the argument that lists them.</param>
    /// <exception cref="ImageException">At least one is missing, not allowed or no image.</exception>
    public async Task<IReadOnlyList<ResolvedImage>> ResolveAllAsync(Caller caller, string argument, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var (images, failures) = (new List<ResolvedImage>(), new List<Failure>());
        foreach (var (index, text) in texts.Index())
        {
            try
            {
                images.Add(await ResolveAsync(caller, $"{argument}[{index}]", text, cancellationToken));
                _ = images[^1].ReadHeader();
            }
            catch (ImageException failure)
            {
                failures.Add(failure.Failure);
            }
        }

        if (failures is not [])
        {
            images.ForEach(image => image.Dispose());
            throw new ImageException(Failure.Combine(failures));
        }

        return images;
    }

    /// <returns>Where the client keeps what a chat calls by a path of its own machine, such as /mnt/user-data/uploads/cat.png; null where it is not there.</returns>
    private static string? FindAttachment(Caller caller, string text) =>
        caller.Attachments is { } folder && ImageSourceParser.IsChatAttachment(text) && Path.Combine(folder, Path.GetFileName(text.Trim().Replace(':', '/'))) is var path && File.Exists(path) ? path : null;

    /// <summary>A link of this server means its image, to the owner: the server does not download from itself.</summary>
    private ImageSource Parse(Caller caller, string text) =>
        FindAttachment(caller, text) is { } attached ? new ImageSource.LocalFile(attached)
        : caller.LocalPathsAllowed ? _parser.Parse(text)
        : caller.Server?.FindLinkedImage(text) is { } id ? new ImageSource.Stored(id)
        : new ImageSourceParser(storage.Inbox, RemoteCallerErrors.DescribeUpload(caller)).Parse(text);

    /// <summary>A file that the user has put into a folder wins over a stored image of the same name.</summary>
    private async Task<ResolvedImage> ResolveFileNameAsync(Caller caller, string argument, string name, string id, CancellationToken cancellationToken) =>
        (!caller.LocalPathsAllowed || !local.Exists(caller, name))
        && await catalog.FindAsync(caller.Owner, id, cancellationToken) is { } record
        && Path.GetFileName(record.File.Path).Equals(name, StringComparison.OrdinalIgnoreCase)
            ? OpenStored(argument, record)
            : await OpenLocalFileAsync(caller, argument, name, name, cancellationToken);

    private async Task<ResolvedImage> OpenLocalFileAsync(Caller caller, string argument, string path, string text, CancellationToken cancellationToken)
    {
        if (!caller.LocalPathsAllowed)
        {
            return IsLikeAnId(path) ? throw await finder.ExplainMissingIdAsync(caller, argument, path, cancellationToken)
                : shared.AreThere && RemotePath.Find(text) is null && SharedFiles.IsName(path) ? OpenSharedFile(caller, argument, path)
                : throw RemoteCallerErrors.OwnFile(caller, argument, text, RemotePath.Find(text) ?? path);
        }

        try
        {
            return new ResolvedImage(argument, EncodedImage.FromHandle(local.Open(caller, argument, path)), null);
        }
        catch (ImageException missing) when (missing.Failure.Code is FailureCode.NotFound)
        {
            throw await finder.ExplainMissingFileAsync(caller, argument, path, cancellationToken);
        }
    }

    /// <summary>A file has an extension.</summary>
    private static bool IsLikeAnId(string text) => text.StartsWith(IdPrefix, StringComparison.Ordinal) && text.AsSpan(IdPrefix.Length).IndexOfAnyExcept(LettersAndDigits) < 0;

    private ResolvedImage OpenSharedFile(Caller caller, string argument, string name) => shared.Open(argument, name) is { } file
        ? new ResolvedImage(argument, EncodedImage.FromHandle(file), null)
        : throw finder.ExplainMissingSharedFile(caller, argument, name);

    private async Task<ResolvedImage> OpenCastAsync(Caller caller, string argument, string name, string? part, CancellationToken cancellationToken)
    {
        try
        {
            return new ResolvedImage(argument, await cast.OpenAsync(caller.Owner, name, part, cancellationToken), null);
        }
        catch (ImageException gone)
        {
            throw InputImageErrors.WithArgument(argument, gone);
        }
    }

    private ResolvedImage OpenStored(string argument, ImageRecord record)
    {
        try
        {
            return new ResolvedImage(argument, store.Open(record.File), record);
        }
        catch (ImageException gone)
        {
            throw InputImageErrors.WithArgument(argument, gone);
        }
    }

    private async Task<ResolvedImage> FetchRemoteAsync(Caller caller, string argument, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            return new ResolvedImage(argument, EncodedImage.FromMemory(await remote.FetchAsync(address, cancellationToken)), null);
        }
        catch (ImageException refused)
        {
            throw InputImageErrors.WithArgument(argument, caller.LocalPathsAllowed ? refused : RemoteCallerErrors.WithoutInbox(caller, refused));
        }
    }
}
