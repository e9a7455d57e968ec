namespace GptImage2.Edits.Templates;

/// <summary>The templates that lie in the repository: one more file is one more test.</summary>
internal static class TemplateFiles
{
    public static IEnumerable<string> Names { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Root(AppContext.BaseDirectory), "prompts"), "*.md")
            .Select(Path.GetFileNameWithoutExtension)
            .OfType<string>()
            .Order(StringComparer.Ordinal),
    ];

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "GptImage2.Mcp.sln")) ? folder : Root(Path.GetDirectoryName(folder)!);
}
