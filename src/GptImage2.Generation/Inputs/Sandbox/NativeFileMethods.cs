using Microsoft.Win32.SafeHandles;

namespace GptImage2.Generation.Inputs.Sandbox;

/// <summary>
/// What .NET cannot ask of the system: to open a file without following links or waiting for a pipe (Unix), and where an
/// open file really is (Windows). The numbers are those of the systems' headers.
/// </summary>
internal static partial class NativeFileMethods
{
    private const int MaxPathLength = 32_768;
    private const uint Share = 7;
    private const uint OpenExisting = 3;
    private const uint BackupSemantics = 0x0200_0000;

    /// <summary>Read only; no waiting; no link at the end; not inherited by child processes; no terminal.</summary>
    private static int OpenFlags => (OperatingSystem.IsMacOS(), RuntimeInformation.ProcessArchitecture) switch
    {
        // Here no link is followed anywhere on the way (O_NOFOLLOW_ANY).
        (true, _) => 0x0000_0004 | 0x2000_0000 | 0x0100_0000 | 0x0002_0000,
        (_, Architecture.Arm64 or Architecture.Arm or Architecture.Armv6 or Architecture.Ppc64le) => 0x800 | 0x0_8000 | 0x8_0000 | 0x100,
        _ => 0x800 | 0x2_0000 | 0x8_0000 | 0x100,
    };

    /// <exception cref="FileNotFoundException">It is gone.</exception>
    /// <exception cref="IOException">It has become a link.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not read it.</exception>
    internal static SafeFileHandle Open(string path)
    {
        const int NotPermitted = 1;
        const int NoSuchEntry = 2;
        const int AccessDenied = 13;
        var descriptor = UnixOpen(path, OpenFlags);
        return (descriptor, Marshal.GetLastPInvokeError()) switch
        {
            ( >= 0, _) => new SafeFileHandle(descriptor, ownsHandle: true),
            (_, NotPermitted or AccessDenied) => throw new UnauthorizedAccessException(Marshal.GetLastPInvokeErrorMessage()),
            (_, NoSuchEntry) => throw new FileNotFoundException(Marshal.GetLastPInvokeErrorMessage(), path),
            _ => throw new IOException(Marshal.GetLastPInvokeErrorMessage()),
        };
    }

    /// <summary>The long name without links and without the prefix that takes it literally; null where Windows does not know it.</summary>
    internal static string? FinalPath(SafeFileHandle file)
    {
        var name = new char[MaxPathLength];
        var length = GetFinalPathNameByHandle(file, name, (uint)name.Length, 0);
        return length is 0 || length >= name.Length ? null : WindowsPathRules.WithoutPrefix(new string(name, 0, (int)length));
    }

    internal static string? FinalPathOfFolder(string folder)
    {
        using var handle = CreateFile(folder, 0, Share, 0, OpenExisting, BackupSemantics, 0);
        return handle.IsInvalid ? null : FinalPath(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnixOpen(string path, int flags);

    [LibraryImport("kernel32", EntryPoint = "GetFinalPathNameByHandleW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    private static partial uint GetFinalPathNameByHandle(SafeFileHandle file, [Out] char[] name, uint length, uint flags);

    [LibraryImport("kernel32", EntryPoint = "CreateFileW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    private static partial SafeFileHandle CreateFile(string path, uint access, uint share, nint security, uint disposition, uint flags, nint template);
}
