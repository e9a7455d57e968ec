namespace GptImage2.Imaging.Vips;

/// <summary>The memory that pixels were in.</summary>
public static partial class PixelMemory
{
    /// <summary>
    /// Gives back to the system what is free. glibc keeps what many threads have used, each in its own arena (malloc_trim(3));
    /// other systems do this themselves, and there nothing happens.
    /// </summary>
    public static void Trim()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = MallocTrim(0);
        }
        catch (Exception other) when (other is EntryPointNotFoundException or DllNotFoundException)
        {
            // musl: it has no arenas.
            _ = other;
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint pad);
}
