using static System.Environment;

namespace GptImage2.Generation.Inputs.Sandbox;

/// <summary>Folders of this machine and user. Nothing is created by asking.</summary>
public static class KnownFolders
{
    public static string Pictures => GetFolderOrDefault(SpecialFolder.MyPictures, "Pictures");

    public static string Downloads => Path.Combine(Home, "Downloads");

    public static string Desktop => GetFolderOrDefault(SpecialFolder.DesktopDirectory, "Desktop");

    public static string ApplicationData => GetFolderOrDefault(SpecialFolder.LocalApplicationData, ".local/share");

    /// <summary>
    /// The working directory where it means something: desktop clients start servers in / or in the home folder, and
    /// those, like the folders of the system, are not meant to be open to an agent.
    /// </summary>
    public static string? TrustedWorkingFolder => IsTrustedWorkingFolder(CurrentDirectory) ? CurrentDirectory : null;

    /// <summary>The system reports the working directory without links, so the others must be followed to compare.</summary>
    public static bool IsTrustedWorkingFolder(string folder) =>
        RealPath.Resolve(folder) is { } real
        && Path.GetPathRoot(real) != real
        && !RealPath.IsAtOrBelow(RealPath.Resolve(Home) ?? Home, real)
        && !SystemFolders.Any(system => RealPath.IsAtOrBelow(real, RealPath.Resolve(system) ?? system));

    private static IEnumerable<string> SystemFolders => OperatingSystem.IsWindows()
        ? [GetFolderPath(SpecialFolder.Windows), GetFolderPath(SpecialFolder.ProgramFiles), GetFolderPath(SpecialFolder.ProgramFilesX86)]
        : ["/bin", "/boot", "/dev", "/etc", "/lib", "/lib64", "/proc", "/run", "/sbin", "/sys", "/usr", "/System", "/Library", "/Applications"];

    private static string Home => GetFolderPath(SpecialFolder.UserProfile, SpecialFolderOption.DoNotVerify);

    private static string GetFolderOrDefault(SpecialFolder folder, string otherwise) =>
        GetFolderPath(folder, SpecialFolderOption.DoNotVerify) is { Length: > 0 } path ? path : Path.Combine(Home, otherwise);
}
