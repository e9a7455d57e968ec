using System.Runtime.CompilerServices;

namespace GptImage2.Imaging.Vips.Interop;

/// <summary>One reference to a GObject; the object lives as long as any reference, native or ours, exists.</summary>
internal unsafe class VipsObject : SafeHandle
{
    internal VipsObject(nint reference)
        : base(0, ownsHandle: true) => SetHandle(reference);

    public override bool IsInvalid => handle == 0;

    /// <summary>
    /// Makes managed state live as long as the native object, which others may keep alive long after this handle is disposed; then it is
    /// disposed, if it can be. Returns the GCHandle that native callbacks get.
    /// </summary>
    private protected nint Attach(object state)
    {
        var data = GCHandle.ToIntPtr(GCHandle.Alloc(state));
        GlibNative.g_object_set_data_full(this, "state", data, &Release);
        return data;
    }

    protected override bool ReleaseHandle()
    {
        GlibNative.g_object_unref(handle);
        return true;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Release(nint data)
    {
        var state = GCHandle.FromIntPtr(data);
        (state.Target as IDisposable)?.Dispose();
        state.Free();
    }
}
