using Microsoft.Extensions.Configuration;

namespace GptImage2.Testing.Mcp;

/// <summary>Which executable the tests start: the one that was built with them, or the published one that GPTIMAGE2_TEST_EXECUTABLE names by its absolute path.</summary>
public static class TestedExecutable
{
    public static string Path { get; } = Chosen(new ConfigurationBuilder().AddEnvironmentVariables("GPTIMAGE2_TEST_").Build()["EXECUTABLE"]);

    public static string Folder => System.IO.Path.GetDirectoryName(Path)!;

    private static string Chosen(string? path) => path switch
    {
        null or "" => System.IO.Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "gptimage2-mcp.exe" : "gptimage2-mcp"),
        _ when System.IO.Path.IsPathFullyQualified(path) && File.Exists(path) => path,
        _ => throw new FileNotFoundException($"GPTIMAGE2_TEST_EXECUTABLE: expected the absolute path of an executable but received '{path}'."),
    };
}
