using GptImage2.Generation.Errors;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using Microsoft.Extensions.Logging;

namespace GptImage2.Generation.Storage.Local;

/// <summary>Keeps what callers give, for as long as jobs may need it. The only place that knows where.</summary>
public sealed partial class InputStore(StorageOptions options, TimeProvider time, ILogger<InputStore> logger)
{
    /// <summary>Below the store's root. Begins with a dot, as do all files that are no pictures to look through.</summary>
    internal const string FolderName = ".inputs";

    /// <summary>No job lasts that long.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly StoreRoot _folder = new(options.Root);
    private int _swept;

    /// <summary>Copies the picture once, under its hash; the same picture is kept once.</summary>
    /// <exception cref="UnreadableImageException">It is no picture, or damaged, or beyond the limits.</exception>
    /// <exception cref="ImageException">It could not be written.</exception>
    public async Task<StoredInput> StoreAsync(EncodedImage image, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        _ = ImageHeader.Read(image);
        if (Interlocked.Exchange(ref _swept, 1) is 0)
        {
            RemoveExpired();
        }

        try
        {
            await using var copy = new ContentAddressedWriter(_folder);
            await copy.WriteAsync(image, cancellationToken);
            return copy.Commit(time.GetUtcNow());
        }
        catch (Exception exception) when (StorageErrors.IsStorageException(exception))
        {
            throw StorageErrors.InputNotStored(exception, _folder.Root);
        }
    }

    /// <summary>Keeps what is made of a caller's picture for a service.</summary>
    /// <param name="write">Writes the encoded picture.</param>
    /// <exception cref="ImageException">It could not be written.</exception>
    public async Task<StoredInput> WriteAsync(Action<Stream> write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        try
        {
            await using var copy = new ContentAddressedWriter(_folder);
            await copy.WriteAsync(write, cancellationToken);
            return copy.Commit(time.GetUtcNow());
        }
        catch (Exception exception) when (StorageErrors.IsStorageException(exception))
        {
            throw StorageErrors.InputNotStored(exception, _folder.Root);
        }
    }

    /// <summary>The picture for the imaging layer, not read yet.</summary>
    /// <exception cref="ImageException">The file is gone.</exception>
    public EncodedImage Open(StoredInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var path = _folder.GetAbsolutePath(input.Path);
        return File.Exists(path) ? EncodedImage.FromFile(path) : throw StorageErrors.FileNotFound(new FileNotFoundException(null, path), input.Path);
    }

    /// <summary>Whatever goes wrong here, the call has a picture to look at.</summary>
    private void RemoveExpired()
    {
        var folder = new DirectoryInfo(_folder.GetAbsolutePath(FolderName));
        try
        {
            foreach (var old in folder.Exists ? [.. folder.EnumerateFiles().Where(file => time.GetUtcNow() - file.LastWriteTimeUtc > Lifetime)] : Array.Empty<FileInfo>())
            {
                old.Delete();
            }
        }
        catch (Exception exception) when (StorageErrors.IsStorageException(exception))
        {
            LogLeft(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old inputs could not be removed")]
    private partial void LogLeft(Exception exception);
}
