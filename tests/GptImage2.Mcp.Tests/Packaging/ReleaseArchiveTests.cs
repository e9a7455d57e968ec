using System.Formats.Tar;
using System.IO.Compression;
using GptImage2.Mcp.Tests.Repository;
using GptImage2.Packaging.Archives;
using GptImage2.Packaging.Sbom;
using GptImage2.Testing.Mcp;

namespace GptImage2.Mcp.Tests.Packaging;

/// <summary>What is downloaded, unpacked and run.</summary>
public sealed class ReleaseArchiveTests : IDisposable
{
    private readonly TestFolders _folders = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tar_file_holds_one_folder_whose_programs_can_be_executed_and_tells_no_maker()
    {
        var path = await WriteAsync("studio-linux-x64.tar.gz", Publish("gptimage2-mcp", "gptimage2-mcp-http", "libvips.so.42", "fonts/a.ttf"));

        await using var file = File.OpenRead(path);
        await using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        await using var tar = new TarReader(unpacked);
        List<string> entries = [];
        while (await tar.GetNextEntryAsync(cancellationToken: Cancellation) is PosixTarEntry entry)
        {
            entries.Add($"{entry.Name} {Convert.ToString((int)entry.Mode, 8)} {entry.Uid}:{entry.Gid} {entry.UserName}:{entry.GroupName} {entry.ModificationTime:yyyy}");
        }

        entries.ShouldBe(
        [
            "studio-linux-x64/fonts/a.ttf 644 0:0 : 1980",
            "studio-linux-x64/gptimage2-mcp 755 0:0 : 1980",
            "studio-linux-x64/gptimage2-mcp-http 755 0:0 : 1980",
            "studio-linux-x64/libvips.so.42 644 0:0 : 1980",
            "studio-linux-x64/LICENSE 644 0:0 : 1980",
        ]);
    }

    [Fact]
    public async Task For_Windows_it_is_a_ZIP_file()
    {
        var path = await WriteAsync("studio-win-x64.zip", Publish("gptimage2-mcp.exe"));

        await using var zip = await ZipFile.OpenReadAsync(path, Cancellation);
        zip.Entries.Select(entry => entry.FullName).ShouldBe(["studio-win-x64/gptimage2-mcp.exe", "studio-win-x64/LICENSE"]);
    }

    [Theory]
    [InlineData("studio.tar.gz")]
    [InlineData("studio.zip")]
    public async Task Equal_files_make_equal_archives_whenever_and_in_whatever_order_they_were_written(string name)
    {
        var first = await File.ReadAllBytesAsync(await WriteAsync(name, Publish("gptimage2-mcp", "a", "b/c")), Cancellation);
        var folder = Publish("b/c", "a", "gptimage2-mcp");
        File.SetLastWriteTimeUtc(Path.Combine(folder, "a"), DateTime.UnixEpoch);

        (await File.ReadAllBytesAsync(await WriteAsync(name, folder), Cancellation)).ShouldBe(first);
    }

    [Fact]
    public void The_bill_of_materials_names_the_runtime_what_is_linked_into_libvips_and_the_font()
    {
        var bill = new JsonObject { ["metadata"] = new JsonObject { ["timestamp"] = "now" }, ["components"] = new JsonArray() };

        UnpackagedParts.AddTo(bill, "10.0.12", new JsonObject { ["cairo"] = "1.18.6" });

        bill["metadata"]!["timestamp"].ShouldBeNull();
        bill["components"]!.AsArray().Select(component => component!["purl"]!.GetValue<string>())
            .ShouldBe(["pkg:generic/Microsoft.NETCore.App@10.0.12", "pkg:generic/Microsoft.AspNetCore.App@10.0.12", "pkg:generic/cairo@1.18.6", "pkg:generic/dejavu-fonts@2.37"]);
    }

    public void Dispose() => _folders.Dispose();

    private string Publish(params string[] names)
    {
        var folder = Path.Combine(_folders.Work, $"published-{Directory.GetDirectories(_folders.Work).Length}");
        foreach (var name in names)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, name);
        }

        return folder;
    }

    private async Task<string> WriteAsync(string name, string published)
    {
        var path = Path.Combine(_folders.Work, name);
        await ReleaseArchive.WriteAsync(path, published, RepositoryRoot.Path, Cancellation);
        return path;
    }
}
