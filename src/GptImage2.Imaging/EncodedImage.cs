using System.Runtime.InteropServices;
using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging;

/// <summary>Encoded bytes, in a file or in memory. Whoever holds one can read the image and learns no path.</summary>
public sealed class EncodedImage
{
    private const int HeadLength = 256;
    private readonly string? _path;
    private readonly ReadOnlyMemory<byte> _bytes;

    private EncodedImage(string? path, ReadOnlyMemory<byte> bytes) => (_path, _bytes) = (path, bytes);

    /// <summary>Size in bytes.</summary>
    /// <exception cref="IOException">The file is gone.</exception>
    public long Length => _path is null ? _bytes.Length : new FileInfo(_path).Length;

    /// <summary>The file is opened when it is read, and must not change while a picture made from it is in use.</summary>
    public static EncodedImage FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new EncodedImage(Path.GetFullPath(path), default);
    }

    /// <summary>The memory is read in place, never copied, and must not change while a picture made from it is in use.</summary>
    public static EncodedImage FromMemory(ReadOnlyMemory<byte> bytes) => new(null, bytes);

    /// <summary>The encoded bytes as they are, for sending on.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public Stream OpenRead()
    {
        if (_path is not null)
        {
            return new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 64 << 10, useAsync: true);
        }

        return MemoryMarshal.TryGetArray(_bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(_bytes.ToArray(), writable: false);
    }

    /// <summary>The first bytes, enough to tell the format.</summary>
    internal byte[] Head()
    {
        if (_path is null)
        {
            return _bytes[..Math.Min(_bytes.Length, HeadLength)].ToArray();
        }

        using var file = File.OpenHandle(_path, share: FileShare.ReadWrite | FileShare.Delete);
        var head = new byte[HeadLength];
        return head[..RandomAccess.Read(file, head, 0)];
    }

    internal VipsSource OpenSource() => _path is null ? VipsSource.FromMemory(_bytes) : VipsSource.FromFile(_path);
}
