namespace GptImage2.Extensions.AI.Tests.Documents;

/// <summary>Where the sources lie. Found from the built tests, because a continuous build hides the paths it compiled.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo folder) => File.Exists(System.IO.Path.Combine(folder.FullName, "GptImage2.Mcp.sln"))
        ? folder.FullName
        : Find(folder.Parent ?? throw new InvalidOperationException("The tests were built outside the repository."));
}
