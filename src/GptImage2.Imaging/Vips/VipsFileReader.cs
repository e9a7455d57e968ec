using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GptImage2.Imaging.Vips.Interop;
using Microsoft.Win32.SafeHandles;

namespace GptImage2.Imaging.Vips;

/// <summary>
/// Lets libvips read an open file from a position of its own. libvips makes one call at a time. The file stays open until
/// libvips lets go, whoever else closes it before.
/// </summary>
internal sealed unsafe class VipsFileReader
{
    private readonly SafeFileHandle _file;
    private long _position;

    private VipsFileReader(SafeFileHandle file)
    {
        var held = false;
        file.DangerousAddRef(ref held);
        _file = file;
    }

    /// <summary>The signal handlers belong to the native object: images keep it alive long after our handle is disposed.</summary>
    internal static void Connect(VipsSource source, SafeFileHandle file)
    {
        // Each handler forgets its own handle.
        var reader = new VipsFileReader(file);
        _ = GlibNative.g_signal_connect_data(source, "read", &Read, GCHandle.ToIntPtr(GCHandle.Alloc(reader)), &ReleaseFile, flags: 0);
        _ = GlibNative.g_signal_connect_seek(source, "seek", &Seek, GCHandle.ToIntPtr(GCHandle.Alloc(reader)), &FreeHandle, flags: 0);
    }

    /// <summary>libvips knows only that reading failed, and the picture counts as damaged: an exception must not cross native frames.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Read(nint source, nint bytes, long count, nint data)
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
    private static long Seek(nint source, long offset, int origin, nint data)
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

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ReleaseFile(nint data, nint closure)
    {
        var reader = GCHandle.FromIntPtr(data);
        ((VipsFileReader)reader.Target!)._file.DangerousRelease();
        reader.Free();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void FreeHandle(nint data, nint closure) => GCHandle.FromIntPtr(data).Free();
}
