using GptImage2.Testing.Mcp;

namespace GptImage2.Faults.Lifecycle;

/// <summary>The executable has lost a native library that lay beside it.</summary>
public sealed class WithoutLibraryTests : IDisposable
{
    private static readonly EnumerationOptions OneDown = new() { RecurseSubdirectories = true, MaxRecursionDepth = 1 };

    private readonly TestFolders _folders = new();

    /// <summary>Loading it here would tell nothing: to this process, which has the bundled one, that is loaded already.</summary>
    private static bool IsInstalled =>
        ((string[])["/usr/lib", "/usr/lib64", "/usr/local/lib"]).Where(Directory.Exists).Any(folder => Directory.EnumerateFiles(folder, "libvips.so.42", OneDown).Any());

    [Fact]
    public async Task Every_call_that_needs_it_says_what_to_install_and_the_server_lives_on()
    {
        Assert.SkipWhen(IsInstalled, "This machine has a libvips of its own.");
        await using var server = ServerProcess.Start(_folders, executable: Bare("libvips"));
        await server.InitializeAsync();

        var made = await server.CallAsync("generate_image", new JsonObject { ["prompt"] = "a fox" });
        var priced = await server.CallAsync("list_presets", []);

        made.IsError.ShouldBeTrue();
        made.Text.ShouldContain("imaging_unavailable");
        made.Text.ShouldContain("install");
        priced.IsError.ShouldBeFalse();
    }

    [Fact]
    public async Task One_of_the_system_serves_in_its_place()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux is told by a variable where the system's libraries lie.");
        var system = Directory.CreateDirectory(Path.Combine(_folders.Root, "system")).FullName;
        File.Copy(Directory.EnumerateFiles(TestedExecutable.Folder, "libvips.so.42", SearchOption.AllDirectories).Single(), Path.Combine(system, "libvips.so.42"));
        await using var server = ServerProcess.Start(_folders, [("LD_LIBRARY_PATH", system)], executable: Bare("libvips"));
        await server.InitializeAsync();

        var made = await server.CallAsync("generate_image", new JsonObject { ["prompt"] = "a fox" });

        made.IsError.ShouldBeFalse(made.Text);
        made.Image.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Without_SQLite_every_call_that_needs_the_catalog_says_what_is_missing_and_the_server_lives_on_and_ends_well()
    {
        await using var server = ServerProcess.Start(_folders, executable: Bare("libe_sqlite3"));
        await server.InitializeAsync();

        var made = await server.CallAsync("generate_image", new JsonObject { ["prompt"] = "a fox" });
        var priced = await server.CallAsync("list_presets", []);
        await server.CloseInputAsync();

        made.IsError.ShouldBeTrue();
        made.Text.ShouldContain("e_sqlite3");
        priced.IsError.ShouldBeFalse();
        (await server.ExitAsync()).ShouldBe(0, server.Stderr);
    }

    public void Dispose() => _folders.Dispose();

    /// <summary>The executable and everything beside it but that library.</summary>
    private string Bare(string library)
    {
        var bare = Path.Combine(_folders.Root, "bare");
        foreach (var file in Directory.EnumerateFiles(TestedExecutable.Folder, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(TestedExecutable.Folder, file);
            if (!Path.GetFileName(file).StartsWith(library, StringComparison.Ordinal))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(bare, name))!);
                File.Copy(file, Path.Combine(bare, name));
            }
        }

        return Path.Combine(bare, Path.GetFileName(TestedExecutable.Path));
    }
}
