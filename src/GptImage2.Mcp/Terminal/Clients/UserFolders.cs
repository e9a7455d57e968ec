using static System.Environment;

namespace GptImage2.Mcp.Terminal.Clients;

/// <summary>Where clients keep what belongs to a user.</summary>
/// <param name="Home">The home folder.</param>
/// <param name="Settings">~/.config on Linux, ~/Library/Application Support on macOS, %APPDATA% on Windows.</param>
internal sealed record UserFolders(string Home, string Settings)
{
    public static UserFolders FromSystem() => new(
        GetFolderPath(SpecialFolder.UserProfile, SpecialFolderOption.DoNotVerify),
        GetFolderPath(SpecialFolder.ApplicationData, SpecialFolderOption.DoNotVerify));
}
