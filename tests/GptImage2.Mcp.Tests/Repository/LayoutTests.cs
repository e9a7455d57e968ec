using GptImage2.Backends;
using GptImage2.Generation;
using GptImage2.Imaging;

namespace GptImage2.Mcp.Tests.Repository;

/// <summary>The layout that CONTRIBUTING.md describes, executable.</summary>
public sealed class LayoutTests
{
    private const int MaxFilesInAFolder = 15;

    /// <summary>What only some folders may use: a pattern of code, and the folders or files that may have it.</summary>
    public static TheoryData<string, string[]> Restrictions => new()
    {
        { @"\bSystem\.Net\.Http\b|\b(SocketsHttpHandler|HttpClient|HttpRequestMessage|HttpContent)\b", ["src/GptImage2.Backends/", "src/GptImage2.Mcp/"] },
        { @"^using Microsoft\.Data\.Sqlite\b", ["src/GptImage2.Generation/Storage/"] },
        { @"\b(unsafe|LibraryImport|DllImport)\b", ["src/GptImage2.Imaging/Vips/", "src/GptImage2.Generation/Inputs/Sandbox/NativeFileMethods.cs", "src/GptImage2.Mcp/Terminal/HttpExecutable.cs"] },
    };

    public static TheoryData<string> Projects => [.. SourceFile.All.Select(file => file.Project).Distinct()];

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_folders_of_a_project_need_each_other_in_one_direction_only(string project) =>
        FolderGraph.Create([.. SourceFile.All.Where(file => file.Project == project)]).DescribeCycles().ShouldBeEmpty();

    [Fact]
    public void Every_namespace_is_the_folder_of_its_file() =>
        SourceFile.All.Where(file => file.Namespace is not null && file.Namespace != file.Folder).Select(file => $"{file.Path}: {file.Namespace}").ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Restrictions))]
    public void Some_things_have_their_place(string pattern, string[] places) =>
        SourceFile.All
            .Where(file => Regex.IsMatch(file.Code, pattern, RegexOptions.Multiline) && !places.Any(place => file.Path.StartsWith(place, StringComparison.Ordinal)))
            .Select(file => file.Path)
            .ShouldBeEmpty($"only below {string.Join(" and ", places)}");

    [Theory]
    [InlineData(typeof(Dimensions))]
    [InlineData(typeof(ImageWorkflow))]
    [InlineData(typeof(BackendServices))]
    public void Only_the_edge_references_MCP(Type marker) =>
        marker.Assembly.GetReferencedAssemblies().ShouldNotContain(assembly => assembly.Name!.StartsWith("ModelContextProtocol", StringComparison.Ordinal));

    /// <summary>ImageSharp is the tests' independent decoder: its free version has advisories about crafted images, which the product receives.</summary>
    [Fact]
    public void The_product_never_uses_ImageSharp() =>
        Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".csproj" or ".props" or ".json")
            .Where(file => File.ReadAllText(file).Contains("SixLabors", StringComparison.OrdinalIgnoreCase))
            .ShouldBeEmpty();

    /// <summary>A folder of Backends that has an <c>IImageBackend</c> is a vendor's, with those below it: they speak the same protocol.</summary>
    [Fact]
    public void No_vendor_knows_another()
    {
        var vendors = SourceFile.All.Where(file => file.Project == "GptImage2.Backends" && Regex.IsMatch(file.Code, @"class [^{]*:[^{]*\bIImageBackend\b")).Select(file => file.Folder).ToHashSet();
        vendors.RemoveWhere(folder => vendors.Any(other => folder.StartsWith($"{other}.", StringComparison.Ordinal)));

        vendors.Count.ShouldBeGreaterThan(1);
        SourceFile.All
            .SelectMany(file => file.Imports.Select(import => (file.Path, Own: VendorOf(file.Folder), Import: import)))
            .Where(edge => edge.Own is not null && VendorOf(edge.Import) is { } other && other != edge.Own)
            .Select(edge => $"{edge.Path} imports {edge.Import}")
            .ShouldBeEmpty();

        string? VendorOf(string folder) => vendors.FirstOrDefault(vendor => folder == vendor || folder.StartsWith($"{vendor}.", StringComparison.Ordinal));
    }

    [Fact]
    public void No_folder_has_more_files_than_one_sees_at_once() =>
        SourceFile.All.CountBy(file => file.Folder).Where(folder => folder.Value > MaxFilesInAFolder).Select(folder => $"{folder.Key}: {folder.Value} files").ShouldBeEmpty();

    [Fact]
    public void Every_public_type_has_a_file_of_its_own_with_its_records_and_enumerations() =>
        SourceFile.All
            .Select(file => (file.Path, Own: file.Types.Where(type => type is { IsPublic: true, MayShareAFile: false }).Select(type => type.Name).ToArray()))
            .Where(file => file.Own.Length > 1)
            .Select(file => $"{file.Path}: {string.Join(", ", file.Own)}")
            .ShouldBeEmpty();
}
