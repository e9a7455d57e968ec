using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Vips;

/// <summary>Hands what a saver writes to a stream, piece by piece. libvips calls from a thread of its own, one call at a time.</summary>
internal sealed unsafe class VipsTarget : VipsObject
{
    private readonly Sink _sink;

    internal VipsTarget(Stream stream)
        : base(CreateNative())
    {
        _sink = new Sink(stream);
        var sink = GCHandle.ToIntPtr(GCHandle.Alloc(_sink));
        _ = GlibNative.g_signal_connect_data(this, "write", &Write, sink, &FreeHandle, flags: 0);
    }

    /// <summary>Throws what the stream threw, if it did: libvips itself only knows that writing failed.</summary>
    internal void ThrowIfStreamFailed() => _sink.Failure?.Throw();

    private static nint CreateNative()
    {
        VipsLibrary.EnsureStarted();
        var reference = VipsNative.vips_target_custom_new();
        return reference == 0 ? throw VipsException.FromErrorBuffer("open stream") : reference;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Write(nint target, nint bytes, long count, nint data)
    {
        var sink = (Sink)GCHandle.FromIntPtr(data).Target!;
        try
        {
            sink.Stream.Write(new ReadOnlySpan<byte>((void*)bytes, checked((int)count)));
            return count;
        }
        catch (Exception exception)
        {
            // An exception must not cross native frames: it travels on in the sink.
            sink.Failure ??= ExceptionDispatchInfo.Capture(exception);
            return -1;
        }
    }

    /// <summary>libvips calls this when nothing can write any more, so the handle never dies too early.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void FreeHandle(nint data, nint closure) => GCHandle.FromIntPtr(data).Free();

    private sealed class Sink(Stream stream)
    {
        internal Stream Stream { get; } = stream;

        internal ExceptionDispatchInfo? Failure { get; set; }
    }
}
