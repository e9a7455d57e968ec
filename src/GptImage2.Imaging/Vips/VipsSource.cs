using System.Runtime.CompilerServices;
using GptImage2.Imaging.Vips.Interop;
using Microsoft.Win32.SafeHandles;

namespace GptImage2.Imaging.Vips;

/// <summary>What a loader reads encoded bytes from.</summary>
internal sealed unsafe class VipsSource : VipsObject
{
    private VipsSource(nint reference)
        : base(reference)
    {
    }

    /// <summary>Reads the file on demand. The file must not shrink while an image made from it is alive.</summary>
    internal static VipsSource FromFile(string path)
    {
        VipsLibrary.EnsureStarted();
        return new VipsSource(VipsException.ThrowIfNull(VipsNative.vips_source_new_from_file(path), "open file"));
    }

    /// <summary>Reads an open file from its own position; the file stays open until the last image made from it is gone.</summary>
    internal static VipsSource FromHandle(SafeFileHandle file)
    {
        VipsLibrary.EnsureStarted();
        var source = new VipsSource(VipsException.ThrowIfNull(VipsNative.vips_source_custom_new(), "open handle"));
        var reader = source.Attach(new VipsFileReader(file));
        _ = GlibNative.g_signal_connect_data(source, "read", &VipsFileReader.Read, reader, destroy: 0, flags: 0);
        _ = GlibNative.g_signal_connect_seek(source, "seek", &VipsFileReader.Seek, reader, destroy: 0, flags: 0);
        return source;
    }

    /// <summary>Reads managed memory in place; it stays pinned until the last image made from it is gone.</summary>
    internal static VipsSource FromMemory(ReadOnlyMemory<byte> bytes)
    {
        VipsLibrary.EnsureStarted();
        var pin = bytes.Pin();
        var reference = VipsNative.vips_source_new_from_memory((byte*)pin.Pointer, (nuint)bytes.Length);
        if (reference == 0)
        {
            pin.Dispose();
            throw VipsException.FromErrorBuffer("open memory");
        }

        var source = new VipsSource(reference);
        source.Attach(pin);
        return source;
    }
}

/// <summary>
/// Lets libvips read an open file from its own position. libvips makes one call at a time. The file stays open until libvips releases it,
/// even if its handle is disposed before.
/// </summary>
internal sealed unsafe class VipsFileReader : IDisposable
{
    private readonly SafeFileHandle _file;
    private long _position;

    internal VipsFileReader(SafeFileHandle file)
    {
        var added = false;
        file.DangerousAddRef(ref added);
        _file = file;
    }

    public void Dispose() => _file.DangerousRelease();

    /// <summary>An exception must not cross native frames: libvips only learns that reading failed, and the image counts as damaged.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static long Read(nint source, nint bytes, long count, nint data)
    {
        var reader = (VipsFileReader)GCHandle.FromIntPtr(data).Target!;
        try
        {
            var read = RandomAccess.Read(reader._file, new Span<byte>((void*)bytes, (int)Math.Min(count, int.MaxValue)), reader._position);
            reader._position += read;
            return read;
        }
        catch (Exception)
        {
            return -1;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static long Seek(nint source, long offset, int origin, nint data)
    {
        var reader = (VipsFileReader)GCHandle.FromIntPtr(data).Target!;
        try
        {
            var position = origin switch
            {
                0 => offset,
                1 => checked(reader._position + offset),
                2 => checked(RandomAccess.GetLength(reader._file) + offset),
                _ => -1,
            };
            return position >= 0 ? reader._position = position : -1;
        }
        catch (Exception)
        {
            return -1;
        }
    }
}
