using GptImage2.Mcp.Configuration;
using static System.Environment;

namespace GptImage2.Mcp.Terminal.Clients;

/// <summary>Where clients keep what belongs to a user.</summary>
/// <param name="Home">The home folder.</param>
/// <param name="Settings">~/.config on Linux, ~/Library/Application Support on macOS, %APPDATA% on Windows.</param>
internal sealed record UserFolders(string Home, string Settings)
{
    /// <summary>Where CODEX_HOME has moved what Codex keeps; null where it is not set.</summary>
    public string? Codex { get; init; }

    /// <summary>Where CLAUDE_CONFIG_DIR has moved what Claude Code keeps, .claude.json with it; null where it is not set.</summary>
    public string? ClaudeCode { get; init; }

    public static UserFolders FromSystem()
    {
        var variables = ShellEnvironment.Read();
        return new(
            GetFolderPath(SpecialFolder.UserProfile, SpecialFolderOption.DoNotVerify),
            GetFolderPath(SpecialFolder.ApplicationData, SpecialFolderOption.DoNotVerify))
        {
            Codex = FindFolder("CODEX_HOME"),
            ClaudeCode = FindFolder("CLAUDE_CONFIG_DIR"),
        };

        string? FindFolder(string variable) => variables.GetValueOrDefault(variable) is { } folder && !string.IsNullOrWhiteSpace(folder) ? Path.GetFullPath(folder) : null;
    }
}
