using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.Storage.Local;

/// <summary>Input images as files under the store's root.</summary>
public sealed partial class InputStore(StorageOptions options, TimeProvider time, ILogger<InputStore> logger) : IInputStore
{
    /// <summary>Below the store's root. Begins with a dot, as do all files that are not images to look through.</summary>
    internal const string FolderName = ".inputs";

    private const int BufferSize = 64 << 10;

    /// <summary>Longer than any job lasts.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly StoreRoot _root = new(options.Root);
    private int _swept;

    public async Task<StoredFile> StoreAsync(EncodedImage image, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        _ = ImageHeader.Read(image);
        if (Interlocked.Exchange(ref _swept, 1) is 0)
        {
            RemoveExpired();
        }

        return await CommitAsync(file => CopyAsync(image, file, cancellationToken), cancellationToken);
    }

    public Task<StoredFile> WriteAsync(Action<Stream> write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        return CommitAsync(file => Task.Run(() => write(file), cancellationToken), cancellationToken);
    }

    public EncodedImage Open(StoredFile input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var path = _root.GetAbsolutePath(input.Path);
        return File.Exists(path) ? EncodedImage.FromFile(path) : throw StorageErrors.FileNotFound(new FileNotFoundException(null, path), input.Path);
    }

    /// <summary>Stores what is written under its hash and format. Where that fails nothing is left behind.</summary>
    private async Task<StoredFile> CommitAsync(Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        try
        {
            var temporary = _root.PreparePath($"{FolderName}/.{RandomNumberGenerator.GetHexString(16, lowercase: true)}.part");
            try
            {
                var (length, sha256) = await WriteAndHashAsync(temporary, write, cancellationToken);
                return MoveToFinalName(temporary, length, sha256);
            }
            finally
            {
                File.Delete(temporary);
            }
        }
        catch (Exception exception) when (StorageErrors.IsStorageException(exception))
        {
            throw StorageErrors.InputNotStored(exception, _root.Root);
        }
    }

    private static async Task<(long Length, string Sha256)> WriteAndHashAsync(string path, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferSize, useAsync: false);
        await write(file);

        // A content-addressed name must never stand for bytes that a power cut lost.
        file.Flush(flushToDisk: true);
        file.Position = 0;
        return (file.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)));
    }

    /// <summary>A source that grows beyond the limits is not copied to its end.</summary>
    private static async Task CopyAsync(EncodedImage image, Stream file, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        await using var source = image.OpenRead();
        for (int read; file.Position <= ImageLimits.Default.MaxBytes && (read = await source.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }

    /// <exception cref="UnreadableImageException">The copied bytes are not an image.</exception>
    private StoredFile MoveToFinalName(string temporary, long length, string sha256)
    {
        // The copy is what will be worked on; the source may have changed since it was checked.
        var header = ImageHeader.Read(EncodedImage.FromFile(temporary));
        var path = $"{FolderName}/{sha256}.{header.Format.Extension}";
        var stored = new FileInfo(_root.GetAbsolutePath(path));
        if (!stored.Exists || stored.Length != length)
        {
            File.Move(temporary, stored.FullName, overwrite: true);
        }

        File.SetLastWriteTimeUtc(stored.FullName, time.GetUtcNow().UtcDateTime);
        return new StoredFile(path, header.Format, header.Size, header.HasAlpha, length, sha256);
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
