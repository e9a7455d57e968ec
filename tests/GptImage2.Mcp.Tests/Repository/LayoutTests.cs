using System.Text.RegularExpressions;

namespace GptImage2.Mcp.Tests.Repository;

/// <summary>The import rule of CONTRIBUTING.md, executable.</summary>
public sealed partial class LayoutTests
{
    /// <summary>A file may import only namespaces from rows above its own, and those of its own row where it stands alone there.</summary>
    private static readonly string[][] Order =
    [
        ["GptImage2.Imaging.Vips"],
        ["GptImage2.Imaging"],
        ["GptImage2.Imaging.Masks"],
        ["GptImage2.Imaging.Matting"],
        ["GptImage2.Generation.Failures"],
        ["GptImage2.Generation.Models"],
        ["GptImage2.Generation.Requests"],
        ["GptImage2.Generation.Constraints"],
        ["GptImage2.Generation.Storage"],
        ["GptImage2.Generation.References"],
        ["GptImage2.Generation.Regions"],
        ["GptImage2.Generation.Rendering"],
        ["GptImage2.Generation.Spending"],
        ["GptImage2.Generation.Jobs"],
        ["GptImage2.Generation.Finishing"],
        ["GptImage2.Generation.Recovery"],
        ["GptImage2.Generation"],
        ["GptImage2.Backends.Wire"],
        ["GptImage2.Backends.Downloads", "GptImage2.Backends.OpenAI", "GptImage2.Backends.Sketch"],
        ["GptImage2.Backends"],
        ["GptImage2.Mcp.Results"],
        ["GptImage2.Mcp.Resources"],
        ["GptImage2.Mcp.Completions"],
        ["GptImage2.Mcp.Templates"],
        ["GptImage2.Mcp.Guides"],
        ["GptImage2.Mcp.Tools"],
        ["GptImage2.Mcp.Hosting"],
        ["GptImage2.Mcp.Terminal"],
    ];

    /// <summary>The start decides between serving and the terminal, so it is the one file that looks down.</summary>
    private static readonly string[] Exempt = ["Program.cs", "Start.cs"];

    public static TheoryData<string> SourceFiles() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !Exempt.Contains(Path.GetFileName(path)))
            .Select(path => Path.GetRelativePath(RepositoryRoot.Path, path)),
    ];

    [Theory]
    [MemberData(nameof(SourceFiles))]
    public void File_imports_only_from_rows_above(string file)
    {
        var source = RepositoryRoot.Read(file);
        var home = Row(Namespace.Match(source).Groups[1].Value);

        foreach (var import in Using.Matches(source).Select(match => match.Groups[1].Value))
        {
            Row(import).ShouldBeLessThan(home, $"{file} imports {import}");
        }
    }

    private static int Row(string name) => Array.FindIndex(Order, row => row.Contains(name)) is var row and >= 0
        ? row
        : throw new ArgumentException($"{name} is not in the list; decide where it stands.");

    [GeneratedRegex(@"^namespace (GptImage2[\w.]*);", RegexOptions.Multiline)]
    private static partial Regex Namespace { get; }

    [GeneratedRegex(@"^using (GptImage2[\w.]*);", RegexOptions.Multiline)]
    private static partial Regex Using { get; }
}
