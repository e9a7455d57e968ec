using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GptImage2.Imaging.Vips.Interop;
using Microsoft.Win32.SafeHandles;

namespace GptImage2.Imaging.Vips;

/// <summary>Where a loader reads encoded bytes from.</summary>
internal sealed unsafe class VipsSource : VipsObject
{
    private VipsSource(nint reference)
        : base(reference)
    {
    }

    /// <summary>Reads the file as it goes. The file must not shrink while an image made from it is alive.</summary>
    internal static VipsSource FromFile(string path)
    {
        VipsLibrary.EnsureStarted();
        var reference = VipsNative.vips_source_new_from_file(path);
        return reference == 0 ? throw VipsException.FromErrorBuffer("open file") : new VipsSource(reference);
    }

    /// <summary>Reads an open file, from a position of its own; the file stays open until the last image made from it is gone.</summary>
    internal static VipsSource FromHandle(SafeFileHandle file)
    {
        VipsLibrary.EnsureStarted();
        var reference = VipsNative.vips_source_custom_new();
        if (reference == 0)
        {
            throw VipsException.FromErrorBuffer("open handle");
        }

        var source = new VipsSource(reference);
        VipsFileReader.Connect(source, file);
        return source;
    }

    /// <summary>Reads managed memory in place: it stays pinned until the last image made from it is gone.</summary>
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
        // The pin belongs to the native object: images keep it alive long after this handle is disposed.
        GlibNative.g_object_set_data_full(source, "pin", GCHandle.ToIntPtr(GCHandle.Alloc(pin)), &Unpin);
        return source;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Unpin(nint data)
    {
        var pin = GCHandle.FromIntPtr(data);
        ((MemoryHandle)pin.Target!).Dispose();
        pin.Free();
    }
}
