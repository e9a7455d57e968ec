using System.Diagnostics;

namespace GptImage2.Testing.Mcp;

/// <summary>How the executable is started: with nothing of this process's environment but where .NET is.</summary>
internal static class ServerStartInfo
{
    public static ProcessStartInfo Create(string? executable, TestFolders folders, IEnumerable<(string Variable, string Value)> environment, IEnumerable<string> arguments, string? workingFolder)
    {
        var start = new ProcessStartInfo(executable ?? TestedExecutable.Path, arguments)
        {
            WorkingDirectory = workingFolder ?? folders.Work,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        if (!OperatingSystem.IsWindows())
        {
            start.Environment.Clear();
        }

        foreach (var (variable, value) in BasicEnvironment(folders).Concat(environment))
        {
            start.Environment[variable] = value;
        }

        return start;
    }

    private static (string, string)[] BasicEnvironment(TestFolders folders) =>
    [
        ("PATH", "/usr/bin:/bin"),
        ("DOTNET_ROOT", Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."))),

        // The runtime's own sockets for debuggers are not the server's doing.
        ("DOTNET_EnableDiagnostics", "0"),
        ("HOME", folders.Home),
        ("USERPROFILE", folders.Home),
        ("TMPDIR", folders.Temp),
        ("TEMP", folders.Temp),
        ("GPTIMAGE2_STORAGE__ROOT", folders.Store),
    ];
}
