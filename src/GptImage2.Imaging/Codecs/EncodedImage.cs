using GptImage2.Imaging.Vips;
using Microsoft.Win32.SafeHandles;

namespace GptImage2.Imaging.Codecs;

/// <summary>
/// Encoded bytes, in a file or in memory. It can be read but never reveals its path. Disposing closes a file that was handed over open;
/// images made from it stay valid. Every method of this library that reads one throws <see cref="UnreadableImageException"/> for bytes that
/// are no image, damaged or beyond the <see cref="ImageLimits"/>, <see cref="IOException"/> when the file cannot be opened, and
/// <see cref="ImagingUnavailableException"/> when libvips cannot be loaded.
/// </summary>
public sealed class EncodedImage : IDisposable
{
    private const int LeadingByteCount = 256;
    private readonly string? _path;
    private readonly SafeFileHandle? _file;
    private readonly ReadOnlyMemory<byte> _bytes;

    private EncodedImage(string? path, SafeFileHandle? file, ReadOnlyMemory<byte> bytes) => (_path, _file, _bytes) = (path, file, bytes);

    /// <summary>Size in bytes.</summary>
    public long Length => (_path, _file) switch
    {
        ({ } path, _) => new FileInfo(path).Length,
        (_, { } file) => RandomAccess.GetLength(file),
        _ => _bytes.Length,
    };

    internal ImageLimits Limits { get; private init; } = ImageLimits.Default;

    /// <summary>The file is opened when it is read, and must not change while an image made from it is in use.</summary>
    public static EncodedImage FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new EncodedImage(Path.GetFullPath(path), null, default);
    }

    /// <summary>
    /// An open file, read only through its handle, by any number of readers at once. Takes ownership of the handle. The file must be
    /// seekable, and must not change while an image made from it is in use.
    /// </summary>
    public static EncodedImage FromHandle(SafeFileHandle file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new EncodedImage(null, file, default);
    }

    /// <summary>The memory is read in place, never copied, and must not change while an image made from it is in use.</summary>
    public static EncodedImage FromMemory(ReadOnlyMemory<byte> bytes) => new(null, null, bytes);

    /// <summary>The encoded bytes unchanged, for forwarding. Each stream has its own position.</summary>
    public Stream OpenRead()
    {
        if (_path is not null)
        {
            return new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 64 << 10, useAsync: true);
        }

        if (_file is not null)
        {
            return new FileHandleStream(_file);
        }

        return MemoryMarshal.TryGetArray(_bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(_bytes.ToArray(), writable: false);
    }

    public void Dispose() => _file?.Dispose();

    internal byte[] ReadLeadingBytes()
    {
        if (_path is null && _file is null)
        {
            return _bytes[..Math.Min(_bytes.Length, LeadingByteCount)].ToArray();
        }

        using var opened = _path is null ? null : File.OpenHandle(_path, share: FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[LeadingByteCount];
        return bytes[..RandomAccess.Read(opened ?? _file!, bytes, 0)];
    }

    /// <summary>The same bytes under other limits than the default ones.</summary>
    internal EncodedImage WithLimits(ImageLimits limits) => new(_path, _file, _bytes) { Limits = limits };

    internal VipsSource OpenSource() => (_path, _file) switch
    {
        ({ } path, _) => VipsSource.FromFile(path),
        (_, { } file) => VipsSource.FromHandle(file),
        _ => VipsSource.FromMemory(_bytes),
    };
}

/// <summary>A read-only stream over an open file with its own position, so that several can share one handle; disposing leaves the handle open.</summary>
internal sealed class FileHandleStream(SafeFileHandle file) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => RandomAccess.GetLength(file);

    public override long Position
    {
        get => _position;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override int Read(Span<byte> buffer)
    {
        var read = RandomAccess.Read(file, buffer, _position);
        _position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await RandomAccess.ReadAsync(file, buffer, _position, cancellationToken);
        _position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin)
    {
        var position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            _ => Length + offset,
        };
        return position >= 0 ? _position = position : throw new IOException("The position is before the start of the file.");
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
