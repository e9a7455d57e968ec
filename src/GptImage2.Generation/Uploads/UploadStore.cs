using GptImage2.Generation.Storage;
using GptImage2.Generation.Storage.Local;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.Uploads;

/// <summary>
/// Images that callers on other machines upload to name them in calls. They lie below the store's root, are not listed, and
/// are gone after an hour in which no job was made from them; after that they stay, with a record next to them.
/// </summary>
public sealed class UploadStore(StorageOptions storage, IUploadCatalog catalog, IImageStore store, UploadSweep sweep, TimeProvider clock) : IDisposable
{
    /// <summary>In place of a tool, a backend and a model: it was not made here.</summary>
    public const string Tool = "upload";

    private const int SmallestEdge = 64;
    private const int BufferSize = 64 << 10;

    private readonly StoreRoot _root = new(storage.Root);
    private readonly ArrivingUploads _arriving = new();
    private readonly SemaphoreSlim _keeping = new(1);

    /// <summary>The moment since which an upload that waits now can have been there.</summary>
    private DateTimeOffset Since => clock.GetUtcNow() - UploadLimits.Lifetime;

    /// <summary>Receives an image; whatever goes wrong, nothing of it is left.</summary>
    /// <param name="body">Read once, from where it is to its end.</param>
    /// <exception cref="UploadRefusedException">It is no image, or too much.</exception>
    /// <exception cref="IOException">The body broke off, or it cannot be written.</exception>
    /// <exception cref="ImageException">The catalog cannot be used.</exception>
    public async Task<ImageRecord> ReceiveAsync(string owner, Stream body, UploadLimits limits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(limits);
        using var place = _arriving.Enter(owner, limits);
        await sweep.RunAsync(cancellationToken);
        await EnsureRoomAsync(owner, limits, cancellationToken);
        var temporary = _root.PreparePath($"{UploadFolder.Name}/.{RandomNumberGenerator.GetHexString(16, lowercase: true)}.part");
        try
        {
            var (length, sha256) = await WriteAsync(temporary, body, limits.MaxBytes, cancellationToken);
            return await AddAsync(CreateRecord(owner, temporary, length, sha256), temporary, limits);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Makes sure that an upload stays from which a job is about to be made; other images stay anyway.</summary>
    /// <returns>Whether it is still there.</returns>
    /// <exception cref="ImageException">It could not be made to stay.</exception>
    public async Task<bool> KeepAsync(ImageRecord image, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Tool is not Tool)
        {
            return true;
        }

        // The record comes first: a file next to a record is never removed.
        await WriteRecordAsync(image, cancellationToken);
        if (await catalog.KeepAsync(image.Owner, image.Id, Since, cancellationToken))
        {
            return true;
        }

        File.Delete(Path.ChangeExtension(_root.GetAbsolutePath(image.File.Path), "json"));
        return false;
    }

    /// <summary>Once, however many jobs are made from it at the same moment.</summary>
    private async Task WriteRecordAsync(ImageRecord upload, CancellationToken cancellationToken)
    {
        await _keeping.WaitAsync(cancellationToken);
        try
        {
            if (!File.Exists(Path.ChangeExtension(_root.GetAbsolutePath(upload.File.Path), "json")))
            {
                await store.WriteRecordAsync(upload, cancellationToken);
            }
        }
        catch (ImageException failure)
        {
            throw StorageErrors.InputNotStored(failure.InnerException ?? failure, _root.Root);
        }
        finally
        {
            _keeping.Release();
        }
    }

    public void Dispose() => _keeping.Dispose();

    private async Task EnsureRoomAsync(string owner, UploadLimits limits, CancellationToken cancellationToken)
    {
        var waiting = await catalog.CountWaitingAsync(owner, Since, cancellationToken);
        if (waiting.Count >= limits.MaxWaiting || waiting.Bytes >= limits.MaxWaitingBytes)
        {
            throw UploadRefusedException.Full(waiting, limits);
        }
    }

    private static async Task<(long Length, string Sha256)> WriteAsync(string path, Stream body, long most, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0, useAsync: true);
            var length = 0L;
            for (int read; (read = await body.ReadAsync(buffer.AsMemory(0, BufferSize), cancellationToken)) > 0;)
            {
                length = length + read <= most ? length + read : throw UploadRefusedException.TooLarge(most);
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            file.Flush(flushToDisk: true);
            return (length, Convert.ToHexStringLower(hash.GetCurrentHash()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private ImageRecord CreateRecord(string owner, string path, long length, string sha256)
    {
        try
        {
            var header = ImageHeader.Read(EncodedImage.FromFile(path));
            EnsureComplete(path);
            var id = IdGenerator.CreateUploadId();
            return new ImageRecord
            {
                Id = id,
                Owner = owner,
                JobId = Tool,
                Number = 1,
                Created = clock.GetUtcNow(),
                Delivered = false,
                File = new StoredFile(UploadFolder.GetPath(id, header.Format), header.Format, header.Size, header.HasAlpha, length, sha256),
                Prompt = "",
                Tool = Tool,
                Backend = Tool,
                Model = Tool,
                Quality = "",
            };
        }
        catch (UnreadableImageException unreadable)
        {
            throw UploadRefusedException.Unreadable(unreadable);
        }
    }

    /// <summary>Reads every row, in little memory: damage must show now, and not in a call.</summary>
    private static void EnsureComplete(string path)
    {
        using var small = Image.OpenThumbnail(EncodedImage.FromFile(path), SmallestEdge);
        using var read = small.CopyToMemory();
    }

    /// <summary>A file without a row is removed by a sweep, a row without a file would be an image that is not there.</summary>
    private async Task<ImageRecord> AddAsync(ImageRecord upload, string temporary, UploadLimits limits)
    {
        var path = _root.GetAbsolutePath(upload.File.Path);
        File.Move(temporary, path);
        File.SetLastWriteTimeUtc(path, upload.Created.UtcDateTime);
        var added = false;
        try
        {
            added = await catalog.TryAddAsync(upload, limits, Since, CancellationToken.None);
            return added ? upload : throw UploadRefusedException.Full(await catalog.CountWaitingAsync(upload.Owner, Since, CancellationToken.None), limits);
        }
        finally
        {
            if (!added)
            {
                File.Delete(path);
            }
        }
    }
}
