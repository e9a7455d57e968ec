using System.Runtime.InteropServices;
using GptImage2.Imaging.Vips;
using Microsoft.Win32.SafeHandles;

namespace GptImage2.Imaging.Codecs;

/// <summary>
/// Encoded bytes, in a file or in memory. Whoever holds one can read the image and learns no path. Disposing lets go of a
/// file that was handed over open; pictures made from it stay valid.
/// </summary>
public sealed class EncodedImage : IDisposable
{
    private const int LeadingByteCount = 256;
    private readonly string? _path;
    private readonly SafeFileHandle? _file;
    private readonly ReadOnlyMemory<byte> _bytes;

    private EncodedImage(string? path, SafeFileHandle? file, ReadOnlyMemory<byte> bytes) => (_path, _file, _bytes) = (path, file, bytes);

    /// <summary>Size in bytes.</summary>
    /// <exception cref="IOException">The file is gone.</exception>
    public long Length => (_path, _file) switch
    {
        ({ } path, _) => new FileInfo(path).Length,
        (_, { } file) => RandomAccess.GetLength(file),
        _ => _bytes.Length,
    };

    /// <summary>The file is opened when it is read, and must not change while a picture made from it is in use.</summary>
    public static EncodedImage FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new EncodedImage(Path.GetFullPath(path), null, default);
    }

    /// <summary>
    /// An open file, read through nothing but its handle, by any number of readers at once. The handle becomes this image's
    /// own. The file must be able to seek, and must not change while a picture made from it is in use.
    /// </summary>
    public static EncodedImage FromHandle(SafeFileHandle file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new EncodedImage(null, file, default);
    }

    /// <summary>The memory is read in place, never copied, and must not change while a picture made from it is in use.</summary>
    public static EncodedImage FromMemory(ReadOnlyMemory<byte> bytes) => new(null, null, bytes);

    /// <summary>The encoded bytes as they are, for sending on. Each stream has a position of its own.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
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

    /// <summary>The first bytes, enough to tell the format.</summary>
    internal byte[] ReadLeadingBytes()
    {
        if (_path is null && _file is null)
        {
            return _bytes[..Math.Min(_bytes.Length, LeadingByteCount)].ToArray();
        }

        using var opened = _path is null ? null : File.OpenHandle(_path, share: FileShare.ReadWrite | FileShare.Delete);
        var head = new byte[LeadingByteCount];
        return head[..RandomAccess.Read(opened ?? _file!, head, 0)];
    }

    internal VipsSource OpenSource() => (_path, _file) switch
    {
        ({ } path, _) => VipsSource.FromFile(path),
        (_, { } file) => VipsSource.FromHandle(file),
        _ => VipsSource.FromMemory(_bytes),
    };
}
