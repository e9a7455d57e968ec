namespace GptImage2.Imaging.Vips.Interop;

/// <summary>
/// A libvips call failed. Its message must not leave the logs: the error buffer is shared by the whole process, so under concurrency the
/// text may be another call's, and it can contain paths.
/// </summary>
internal sealed class VipsException : Exception
{
    private VipsException(string message)
        : base(message)
    {
    }

    /// <summary>Reads and clears the error buffer, which libvips does atomically under its own lock.</summary>
    internal static VipsException FromErrorBuffer(string operation)
    {
        var text = VipsNative.vips_error_buffer_copy();
        try
        {
            return new VipsException($"{operation}: {Marshal.PtrToStringUTF8(text)?.Trim()}");
        }
        finally
        {
            GlibNative.g_free(text);
        }
    }

    /// <summary>The pointer that a libvips call returned, or an exception where it is null.</summary>
    internal static nint ThrowIfNull(nint pointer, string operation) => pointer == 0 ? throw FromErrorBuffer(operation) : pointer;
}
