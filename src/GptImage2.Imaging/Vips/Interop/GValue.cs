using System.Runtime.InteropServices;

namespace GptImage2.Imaging.Vips.Interop;

/// <summary>GLib's typed box, the one way in and out of a libvips property that needs no varargs.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GValue
{
    /// <summary>GLib's fixed number for its own string type.</summary>
    internal const nint StringType = 16 << 2;

    private readonly nint _type;
    private readonly ulong _first;
    private readonly ulong _second;
}
