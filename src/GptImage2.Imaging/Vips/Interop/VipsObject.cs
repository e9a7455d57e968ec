using System.Runtime.InteropServices;

namespace GptImage2.Imaging.Vips.Interop;

/// <summary>One reference to a native object; the object lives for as long as anything, native or ours, refers to it.</summary>
internal class VipsObject : SafeHandle
{
    internal VipsObject(nint reference)
        : base(0, ownsHandle: true) => SetHandle(reference);

    public override bool IsInvalid => handle == 0;

    /// <summary>A further native reference, for a place that will release it itself.</summary>
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

    protected override bool ReleaseHandle()
    {
        GlibNative.g_object_unref(handle);
        return true;
    }
}
