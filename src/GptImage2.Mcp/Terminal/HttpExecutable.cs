using System.Diagnostics;
using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Server;

namespace GptImage2.Mcp.Terminal;

/// <summary>The executable that has HTTP and telemetry, next to this one where this one has not.</summary>
internal static partial class HttpExecutable
{
    private const string Name = ServerDefinition.Name + "-http";
    private const int Missing = 2;

    private static string FilePath => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? Name + ".exe" : Name);

    /// <summary>Whether what the command line asks for is not in this executable.</summary>
    public static bool IsNeeded(IReadOnlyList<string> command, ServerSettings settings) =>
        !IncludedParts.Http && (settings.Telemetry.IsOn || command is ["http", ..] or ["doctor", "http", ..]);

    /// <summary>Goes on as that executable: the same process where the system can, so that signals need no messenger.</summary>
    /// <returns>Its exit code, or why it could not begin.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (!File.Exists(FilePath))
        {
            await Console.Error.WriteLineAsync($"HTTP and telemetry are in {FilePath}, which is missing. Publishing makes both files: keep them together.");
            return Missing;
        }

        if (!OperatingSystem.IsWindows())
        {
            _ = Execute(FilePath, [FilePath, .. args, null]);
            await Console.Error.WriteLineAsync($"{FilePath} cannot be started: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");
            return Missing;
        }

        using var process = Process.Start(new ProcessStartInfo(FilePath, args) { UseShellExecute = false })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>Returns only when it fails (execv(3)).</summary>
    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, string?[] arguments);
}
