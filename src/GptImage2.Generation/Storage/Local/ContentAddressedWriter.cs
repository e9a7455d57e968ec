using System.Buffers;
using System.Security.Cryptography;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.Storage.Local;

/// <summary>One input on its way into the store, under a temporary name. Disposing without keeping leaves nothing behind.</summary>
internal sealed class ContentAddressedWriter(StoreRoot folder) : IAsyncDisposable
{
    private const int BufferSize = 64 << 10;

    private readonly string _temporary = folder.PreparePath($"{InputStore.FolderName}/.{RandomNumberGenerator.GetHexString(16, lowercase: true)}.part");
    private long _length;
    private string _sha256 = "";

    /// <summary>Streams the bytes once, taking hash and length as they pass, and flushes them to disk.</summary>
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

            // A name that is a hash must never stand on bytes that a power cut lost.
            file.Flush(flushToDisk: true);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        _sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Takes what somebody writes.</summary>
    public async Task WriteAsync(Action<Stream> write, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(_temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferSize, useAsync: false);
        write(file);
        file.Flush(flushToDisk: true);
        _length = file.Length;
        file.Position = 0;
        _sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }

    /// <summary>Names the copy by its hash and by what it is.</summary>
    /// <exception cref="UnreadableImageException">The copied bytes are no picture.</exception>
    public StoredInput Commit(DateTimeOffset now)
    {
        // The copy is what will be worked on; the source may have changed since it was looked at.
        var header = ImageHeader.Read(EncodedImage.FromFile(_temporary));
        var path = $"{InputStore.FolderName}/{_sha256}.{header.Format.Extension}";
        var kept = new FileInfo(folder.GetAbsolutePath(path));
        if (!kept.Exists || kept.Length != _length)
        {
            File.Move(_temporary, kept.FullName, overwrite: true);
        }

        File.SetLastWriteTimeUtc(kept.FullName, now.UtcDateTime);
        return new StoredInput(path, header.Format, header.Size, header.HasAlpha, _length, _sha256);
    }

    public ValueTask DisposeAsync()
    {
        File.Delete(_temporary);
        return ValueTask.CompletedTask;
    }
}
