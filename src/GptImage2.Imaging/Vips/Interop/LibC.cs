using System.Runtime.InteropServices;

namespace GptImage2.Imaging.Vips.Interop;

/// <summary>
/// Asks glibc to hand large blocks back to the system at once. It learns otherwise: after the first picture it keeps blocks of up
/// to 32 MB in heaps that fragment, and a process that edited three large photographs held 430 MB where 230 do.
/// </summary>
internal static partial class LibC
{
    /// <summary>M_MMAP_THRESHOLD of malloc.h.</summary>
    private const int MmapThresholdParameter = -3;

    /// <summary>In bytes: larger than a row of tiles, far smaller than a picture.</summary>
    private const int MmapThresholdBytes = 256 << 10;

    internal static void EnableLargeBlockRelease()
    {
        // Other C libraries have no such knob; theirs need none.
        if (OperatingSystem.IsLinux() && NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "mallopt", out _))
        {
            _ = mallopt(MmapThresholdParameter, MmapThresholdBytes);
        }
    }

    [LibraryImport("libc.so.6")]
    private static partial int mallopt(int parameter, int value);
}
