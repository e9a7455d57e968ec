using Microsoft.Win32.SafeHandles;

namespace GptImage2.Generation.Inputs.Sandbox;

/// <summary>Opens a file without following a link or waiting for a pipe, and checks what was opened.</summary>
internal static class SandboxedFile
{
    /// <param name="real">An absolute path with no links left in it: <see cref="RealPath.Resolve"/>.</param>
    /// <exception cref="IOException">It is gone, or has become a link.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not read it.</exception>
    public static SafeFileHandle OpenNoFollow(string real) => OperatingSystem.IsWindows()
        ? File.OpenHandle(real, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
        : NativeFileMethods.Open(real);

    /// <summary>Not empty, and neither a folder nor a device nor a pipe: none of these has a length and can seek.</summary>
    public static bool IsRegularFile(SafeFileHandle file)
    {
        if (File.GetAttributes(file).HasFlag(FileAttributes.Directory))
        {
            return false;
        }

        try
        {
            return RandomAccess.GetLength(file) > 0;
        }
        catch (NotSupportedException)
        {
            // It cannot seek.
            return false;
        }
    }

    /// <summary>Why what has this name must not be replaced, as in "it is a link", or null where it is an ordinary file or nothing.</summary>
    public static string? FindReplaceProblem(string path)
    {
        var file = new FileInfo(path);
        return file switch
        {
            { LinkTarget: not null } => "it is a link",
            _ when Directory.Exists(path) => "it is a folder",
            { Exists: false } => null,
            // Opening a pipe or a device could have effects; none has a length.
            { Length: 0 } => "it is empty, or no file",
            // Renaming over it would succeed all the same: only the folder must be writable for that.
            { IsReadOnly: true } => "it is marked read-only",
            _ => FindOpenProblem(path),
        };
    }

    private static string? FindOpenProblem(string path)
    {
        try
        {
            using var opened = OpenNoFollow(path);
            return IsRegularFile(opened) ? null : "it is no file";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "it cannot be read";
        }
    }

    /// <summary>Whether the file has just these bytes. Only a file of the same length is opened, which no pipe or device has.</summary>
    public static bool HasBytes(string path, long length, string sha256)
    {
        if (new FileInfo(path).Length != length)
        {
            return false;
        }

        using var file = new FileStream(OpenNoFollow(path), FileAccess.Read);
        return Convert.ToHexStringLower(SHA256.HashData(file)) == sha256;
    }

    /// <summary>Whether the open file is in or below one of the folders, as the system reports its path, not by the name it was opened with.</summary>
    public static bool IsBelowAny(IEnumerable<string> folders, SafeFileHandle file)
    {
        // macOS has refused every link on the way already.
        if (OperatingSystem.IsMacOS())
        {
            return true;
        }

        return OperatingSystem.IsWindows()
            ? NativeFileMethods.FinalPath(file) is { } final && folders.Any(folder => NativeFileMethods.FinalPathOfFolder(folder) is { } real && RealPath.IsBelow(final, real))
            : new FileInfo($"/proc/self/fd/{file.DangerousGetHandle()}").LinkTarget is { } path && LocalRoots.ContainsPath(folders, path);
    }
}
