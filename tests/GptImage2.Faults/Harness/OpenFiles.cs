namespace GptImage2.Faults.Harness;

/// <summary>What a process holds open, as Linux tells it.</summary>
internal static class OpenFiles
{
    private const int WriteModes = 3;

    /// <summary>Files of a disk that are open for writing; none where the system does not say. What is closed meanwhile is left out.</summary>
    public static string[] ForWriting(int process) => OperatingSystem.IsLinux()
        ? [.. new DirectoryInfo($"/proc/{process}/fd").EnumerateFiles().Where(file => IsForWriting(process, file.Name)).Select(file => file.LinkTarget).OfType<string>().Where(IsOnDisk)]
        : [];

    private static bool IsForWriting(int process, string descriptor)
    {
        try
        {
            return File.ReadLines($"/proc/{process}/fdinfo/{descriptor}")
                .Where(line => line.StartsWith("flags:", StringComparison.Ordinal))
                .Any(line => (Convert.ToInt32(line["flags:".Length..].Trim(), 8) & WriteModes) != 0);
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Pipes and sockets have no path; memory that is shared under a name is no file.</summary>
    private static bool IsOnDisk(string target) =>
        target.StartsWith('/') && !target.StartsWith("/dev/", StringComparison.Ordinal) && !target.StartsWith("/memfd:", StringComparison.Ordinal);
}
