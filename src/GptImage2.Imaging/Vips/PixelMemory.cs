namespace GptImage2.Imaging.Vips;

/// <summary>The memory that pixels were in.</summary>
public static partial class PixelMemory
{
    /// <summary>M_ARENA_MAX of malloc.h.</summary>
    private const int MaxArenas = -8;

    /// <summary>
    /// Gives back to the system what is free. glibc keeps what many threads have used, each in its own arena (malloc_trim(3));
    /// other systems do this themselves, and there nothing happens.
    /// </summary>
    public static void Trim() => CallGlibc(static () => MallocTrim(0));

    /// <summary>
    /// Lets all threads share so many arenas, before there are any. By default glibc makes up to eight for each core, and every one of
    /// them keeps a little of what many images took (mallopt(3), M_ARENA_MAX).
    /// </summary>
    public static void LimitArenas(int count) => CallGlibc(() => MallOpt(MaxArenas, count));

    private static void CallGlibc(Func<int> call)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = call();
        }
        catch (Exception other) when (other is EntryPointNotFoundException or DllNotFoundException)
        {
            // musl: it has no arenas.
            _ = other;
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int MallOpt(int parameter, int value);

    [LibraryImport("libc.so.6", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint pad);
}
