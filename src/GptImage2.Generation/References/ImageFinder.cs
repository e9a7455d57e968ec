using System.Diagnostics;
using GptImage2.Generation.Failures;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Imaging;

namespace GptImage2.Generation.References;

/// <summary>Finds the picture that an argument names, and refuses what the caller may not read.</summary>
public sealed class ImageFinder(IImageStore store, ICatalog catalog, StorageOptions storage, LocalPictures local, IRemoteImages remote)
{
    private const string NotYours = "an id (img_…), an https:// address or a data: URI, because files of the server's machine are not yours";

    /// <param name="argument">The argument's name, for the text of a refusal.</param>
    /// <param name="text">What the caller wrote.</param>
    /// <exception cref="ImageException">There is no such picture, or the caller may not read it.</exception>
    public async Task<FoundImage> FindAsync(Caller caller, string argument, string text, CancellationToken cancellationToken) =>
        ImageSource.Parse(text, storage.Inbox) switch
        {
            ImageSource.Stored { Id: var id } => Opened(argument, await catalog.FindAsync(caller.Owner, id, cancellationToken) ?? throw ReferenceFailures.NoSuchImage(argument, id)),
            ImageSource.FileName { Name: var name, Id: var id } => await NamedAsync(caller, argument, name, id, cancellationToken),
            ImageSource.LocalFile { Path: var path } => LocalFile(caller, argument, path, text),
            ImageSource.Remote { Address: var address } => await RemoteAsync(argument, address, cancellationToken),
            ImageSource.Inline { Bytes: var bytes } => new FoundImage(argument, EncodedImage.FromMemory(bytes), null),
            ImageSource.Unusable { Expected: var expected } => throw ReferenceFailures.Invalid(argument, expected, text),
            _ => throw new UnreachableException(),
        };

    /// <summary>What the user has put there under that name is what the user means.</summary>
    private async Task<FoundImage> NamedAsync(Caller caller, string argument, string name, string id, CancellationToken cancellationToken) =>
        (!caller.LocalPathsAllowed || !local.Has(name))
        && await catalog.FindAsync(caller.Owner, id, cancellationToken) is { } record
        && Path.GetFileName(record.File.Path).Equals(name, StringComparison.OrdinalIgnoreCase)
            ? Opened(argument, record)
            : LocalFile(caller, argument, name, name);

    private FoundImage LocalFile(Caller caller, string argument, string path, string text) => caller.LocalPathsAllowed
        ? new FoundImage(argument, EncodedImage.FromHandle(local.Open(argument, path)), null)
        : throw ReferenceFailures.Invalid(argument, NotYours, text);

    private FoundImage Opened(string argument, ImageRecord record)
    {
        try
        {
            return new FoundImage(argument, store.Open(record.File), record);
        }
        catch (ImageException gone)
        {
            throw ReferenceFailures.Blaming(argument, gone);
        }
    }

    private async Task<FoundImage> RemoteAsync(string argument, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            return new FoundImage(argument, EncodedImage.FromMemory(await remote.FetchAsync(address, cancellationToken)), null);
        }
        catch (ImageException refused)
        {
            throw ReferenceFailures.Blaming(argument, refused);
        }
    }
}
