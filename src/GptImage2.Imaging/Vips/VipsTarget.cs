using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Vips;

/// <summary>Writes what a saver encodes to a stream, in chunks. libvips calls from its own thread, one call at a time.</summary>
internal sealed unsafe class VipsTarget : VipsObject
{
    private readonly Sink _sink;

    internal VipsTarget(Stream stream)
        : base(CreateNative())
    {
        _sink = new Sink(stream);
        _ = GlibNative.g_signal_connect_data(this, "write", &Write, Attach(_sink), destroy: 0, flags: 0);
    }

    /// <summary>Rethrows the exception of the stream, if there was one: libvips only knows that writing failed.</summary>
    internal void ThrowIfStreamFailed() => _sink.Failure?.Throw();

    private static nint CreateNative()
    {
        VipsLibrary.EnsureStarted();
        return VipsException.ThrowIfNull(VipsNative.vips_target_custom_new(), "open stream");
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
            // An exception must not cross native frames, so the sink keeps it.
            sink.Failure ??= ExceptionDispatchInfo.Capture(exception);
            return -1;
        }
    }

    private sealed class Sink(Stream stream)
    {
        internal Stream Stream { get; } = stream;

        internal ExceptionDispatchInfo? Failure { get; set; }
    }
}
