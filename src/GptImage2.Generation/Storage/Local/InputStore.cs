using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.Storage.Local;

/// <summary>Input images as files under the store's root.</summary>
public sealed partial class InputStore(StorageOptions options, TimeProvider time, ILogger<InputStore> logger) : IInputStore
{
    /// <summary>Below the store's root. Begins with a dot, as do all files that are not images to look through.</summary>
    internal const string FolderName = ".inputs";

    /// <summary>Longer than any job lasts.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly StoreRoot _root = new(options.Root);
    private int _swept;

    public async Task<StoredInput> StoreAsync(EncodedImage image, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        _ = ImageHeader.Read(image);
        if (Interlocked.Exchange(ref _swept, 1) is 0)
        {
            RemoveExpired();
        }

        return await CommitAsync(writer => writer.WriteAsync(image, cancellationToken));
    }

    public Task<StoredInput> WriteAsync(Action<Stream> write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        return CommitAsync(writer => writer.WriteAsync(write, cancellationToken));
    }

    public EncodedImage Open(StoredInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var path = _root.GetAbsolutePath(input.Path);
        return File.Exists(path) ? EncodedImage.FromFile(path) : throw StorageErrors.FileNotFound(new FileNotFoundException(null, path), input.Path);
    }

    private async Task<StoredInput> CommitAsync(Func<ContentAddressedWriter, Task> write)
    {
        try
        {
            await using var writer = new ContentAddressedWriter(_root);
            await write(writer);
            return writer.Commit(time.GetUtcNow());
        }
        catch (Exception exception) when (StorageErrors.IsStorageException(exception))
        {
            throw StorageErrors.InputNotStored(exception, _root.Root);
        }
    }

    /// <summary>Best effort: a file that cannot be removed must not fail the call.</summary>
    private void RemoveExpired()
    {
        var folder = new DirectoryInfo(_root.GetAbsolutePath(FolderName));
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

/// <summary>One input on its way into the store, under a temporary name. Disposing without committing leaves nothing behind.</summary>
internal sealed class ContentAddressedWriter(StoreRoot root) : IAsyncDisposable
{
    private const int BufferSize = 64 << 10;

    private readonly string _temporary = root.PreparePath($"{InputStore.FolderName}/.{RandomNumberGenerator.GetHexString(16, lowercase: true)}.part");
    private long _length;
    private string _sha256 = "";

    /// <summary>Copies the bytes, computes hash and length in the same pass, and flushes them to disk.</summary>
    /// <exception cref="UnreadableImageException">The source has grown beyond the limits.</exception>
    public async Task WriteAsync(EncodedImage image, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            await using var source = image.OpenRead();
            await using var file = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
            for (int read; _length <= ImageLimits.Default.MaxBytes && (read = await source.ReadAsync(buffer, cancellationToken)) > 0; _length += read)
            {
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            // A content-addressed name must never stand for bytes that a power cut lost.
            file.Flush(flushToDisk: true);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        _sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public async Task WriteAsync(Action<Stream> write, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(_temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferSize, useAsync: false);
        write(file);
        file.Flush(flushToDisk: true);
        _length = file.Length;
        file.Position = 0;
        _sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }

    /// <summary>Names the copy by its hash and format.</summary>
    /// <exception cref="UnreadableImageException">The copied bytes are not an image.</exception>
    public StoredInput Commit(DateTimeOffset now)
    {
        // The copy is what will be worked on; the source may have changed since it was checked.
        var header = ImageHeader.Read(EncodedImage.FromFile(_temporary));
        var path = $"{InputStore.FolderName}/{_sha256}.{header.Format.Extension}";
        var stored = new FileInfo(root.GetAbsolutePath(path));
        if (!stored.Exists || stored.Length != _length)
        {
            File.Move(_temporary, stored.FullName, overwrite: true);
        }

        File.SetLastWriteTimeUtc(stored.FullName, now.UtcDateTime);
        return new StoredInput(path, header.Format, header.Size, header.HasAlpha, _length, _sha256);
    }

    public ValueTask DisposeAsync()
    {
        File.Delete(_temporary);
        return ValueTask.CompletedTask;
    }
}
