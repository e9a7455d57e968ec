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
            ImageSource.Stored { Id: var id } => await StoredAsync(caller, argument, id, cancellationToken),
            ImageSource.LocalFile when !caller.LocalPathsAllowed => throw ReferenceFailures.Invalid(argument, NotYours, text),
            ImageSource.LocalFile { Path: var path } => new FoundImage(argument, EncodedImage.FromHandle(local.Open(argument, path)), null),
            ImageSource.Remote { Address: var address } => await RemoteAsync(argument, address, cancellationToken),
            ImageSource.Inline { Bytes: var bytes } => new FoundImage(argument, EncodedImage.FromMemory(bytes), null),
            ImageSource.Unusable { Expected: var expected } => throw ReferenceFailures.Invalid(argument, expected, text),
            _ => throw new UnreachableException(),
        };

    private async Task<FoundImage> StoredAsync(Caller caller, string argument, string id, CancellationToken cancellationToken)
    {
        var record = await catalog.FindAsync(caller.Owner, id, cancellationToken) ?? throw ReferenceFailures.NoSuchImage(argument, id);
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
