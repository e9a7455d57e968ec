using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GptImage2.Extensions.AI.Tests.Documents;

/// <summary>Every block of C# in the README, in docs/dotnet.md and in the packages' own readmes is a program that compiles.</summary>
public sealed partial class DotnetDocumentTests
{
    private const int MaxLinesOfTheFirst = 10;

    /// <summary>What a program of the SDK has without saying so.</summary>
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    /// <summary>What the document says to suppress, and what the SDK itself does: versions of one assembly that are unified.</summary>
    private static readonly string[] Suppressed = ["MEAI001", "CS1701", "CS1702"];

    public static TheoryData<int> Blocks => [.. Enumerable.Range(0, Programs.Length)];

    private static string[] Programs { get; } = [.. Read("README.md"), .. Read("docs", "dotnet.md"), .. Read("src", "GptImage2.Imaging", "README.md"), .. Read("src", "GptImage2.Matting.Onnx", "README.md")];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Compiles(int block)
    {
        var compilation = CSharpCompilation.Create(
            "program",
            new[] { Programs[block], ImplicitUsings }.Select(code => CSharpSyntaxTree.ParseText(code, cancellationToken: TestContext.Current.CancellationToken)),
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable)
                .WithSpecificDiagnosticOptions([.. Suppressed.Select(id => KeyValuePair.Create(id, ReportDiagnostic.Suppress))]));

        compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(problem => problem.Severity >= DiagnosticSeverity.Warning).ShouldBeEmpty();
    }

    [Fact]
    public void The_first_program_of_each_is_short()
    {
        (Read("README.md").Length, Read("docs", "dotnet.md").Length > 2).ShouldBe((1, true));
        CountLines(Read("README.md")[0]).ShouldBeLessThanOrEqualTo(MaxLinesOfTheFirst);
        CountLines(Read("docs", "dotnet.md")[0]).ShouldBeLessThanOrEqualTo(MaxLinesOfTheFirst);
    }

    private static string[] Read(params string[] path) => [.. CodeBlock.Matches(File.ReadAllText(Path.Combine([RepositoryRoot.Path, .. path]))).Select(match => match.Groups[1].Value)];

    private static int CountLines(string program) => program.Split('\n').Count(line => line.Trim() is not "" && !line.StartsWith("using ", StringComparison.Ordinal));

    [GeneratedRegex(@"^```csharp\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex CodeBlock { get; }
}
