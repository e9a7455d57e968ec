using System.Diagnostics;

namespace GptImage2.Testing.Files;

/// <summary>A small disk of its own, where this machine and user may have one.</summary>
public sealed class MountedDisk : IDisposable
{
    private MountedDisk(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Null where it cannot be.</summary>
    public static MountedDisk? TryMount(string folder, int kilobytes)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        Directory.CreateDirectory(folder);
        return Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", folder) ? new MountedDisk(folder) : null;
    }

    public bool MakeReadOnly() => Run("mount", "-o", "remount,ro", Folder);

    public void Dispose() => Run("umount", "-l", Folder);

    private static bool Run(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true, RedirectStandardOutput = true });
            process!.WaitForExit();
            return process.ExitCode is 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no such command, so there is no such disk.
            return false;
        }
    }
}
