using System.Runtime.InteropServices;

namespace GptImage2.Imaging.Vips.Interop;

/// <summary>
/// libvips could not do what was asked. Its words go no further than logs: the error buffer belongs to the process,
/// so under parallel use they may be another call's, and they can hold paths.
/// </summary>
internal sealed class VipsException : Exception
{
    private VipsException(string message)
        : base(message)
    {
    }

    /// <summary>Reads the error buffer and clears it, which libvips does in one step under its own lock.</summary>
    internal static VipsException FromErrorBuffer(string attempted)
    {
        var text = VipsNative.vips_error_buffer_copy();
        try
        {
            return new VipsException($"{attempted}: {Marshal.PtrToStringUTF8(text)?.Trim()}");
        }
        finally
        {
            GlibNative.g_free(text);
        }
    }
}
