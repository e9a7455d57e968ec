using System.Runtime.CompilerServices;

namespace GptImage2.Mcp.Tests.Repository;

internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    public static string Read(string file) => File.ReadAllText(System.IO.Path.Combine(Path, file));

    private static string Find([CallerFilePath] string here = "") => System.IO.Path.GetFullPath(System.IO.Path.Combine(here, "../../../.."));
}
