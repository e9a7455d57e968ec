using GptImage2.Mcp.Server;

namespace GptImage2.Mcp.Terminal.Clients;

/// <summary>How a client starts this server.</summary>
/// <param name="Command">An absolute path, or a name that is on the PATH.</param>
internal sealed record LaunchCommand(string Command, IReadOnlyList<string> Arguments)
{
    public const string Package = "GptImage2.Mcp";

    /// <summary>By the package, which needs nothing here but the .NET SDK 10.</summary>
    /// <param name="version">Without a commit.</param>
    public static LaunchCommand FromPackage(string version) => new("dnx", [$"{Package}@{version}", "--yes"]);

    /// <summary>The same program that runs now.</summary>
    public static LaunchCommand FromThisProcess() => Find(Environment.ProcessPath!, AppContext.BaseDirectory);

    /// <param name="process">What the system started: an executable of ours, or dotnet.</param>
    /// <param name="folder">Where the program lies.</param>
    internal static LaunchCommand Find(string process, string folder) => FindPackageVersion(folder) is { } version
        ? FromPackage(version)
        : Path.GetFileNameWithoutExtension(process).Equals("dotnet", StringComparison.OrdinalIgnoreCase)
            ? new LaunchCommand(process, [Path.Combine(folder, $"{ServerDefinition.Name}.dll")])
            : new LaunchCommand(process, []);

    /// <summary>
    /// NuGet unpacks tools into ID/VERSION/tools/…, where ID may end in a platform, and one that is updated leaves its folder: neither path
    /// lasts, the package does.
    /// </summary>
    private static string? FindPackageVersion(string folder)
    {
        var parts = folder.Split('/', '\\');
        var package = Array.FindLastIndex(parts, part => part.Equals(Package, StringComparison.OrdinalIgnoreCase) || part.StartsWith($"{Package}.", StringComparison.OrdinalIgnoreCase));
        return package >= 0 && parts.Length > package + 2 && parts[package + 2] is "tools" && char.IsAsciiDigit(parts[package + 1].FirstOrDefault()) ? parts[package + 1] : null;
    }
}
