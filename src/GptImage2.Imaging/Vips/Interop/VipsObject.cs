using System.Runtime.CompilerServices;

namespace GptImage2.Imaging.Vips.Interop;

/// <summary>One reference to a GObject; the object lives as long as any reference, native or ours, exists.</summary>
internal class VipsObject : SafeHandle
{
    internal VipsObject(nint reference)
        : base(0, ownsHandle: true) => SetHandle(reference);

    public override bool IsInvalid => handle == 0;

    /// <summary>A further native reference, for a native owner that releases it itself.</summary>
    internal nint AddReference()
    {
        var added = false;
        DangerousAddRef(ref added);
        try
        {
            return GlibNative.g_object_ref(handle);
        }
        finally
        {
            DangerousRelease();
        }
    }

    /// <summary>Destroy notification of a signal handler: GLib calls it when the handler can no longer run, so the handle never dies too early.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static void FreeHandle(nint data, nint closure) => GCHandle.FromIntPtr(data).Free();

    protected override bool ReleaseHandle()
    {
        GlibNative.g_object_unref(handle);
        return true;
    }
}
