using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using GptImage2.Testing.Mcp;

namespace GptImage2.Faults.Lifecycle;

/// <summary>A machine on which the build could not fetch libvips, and that has none of its own.</summary>
public sealed class WithoutLibvipsTests : IDisposable
{
    private readonly TestFolders _folders = new();

    [Fact]
    public async Task Every_call_that_needs_it_says_what_to_install_and_the_server_lives_on()
    {
        Assert.SkipWhen(NativeLibrary.TryLoad("libvips.so.42", out _), "This machine has a libvips of its own.");
        await using var server = ServerProcess.Start(_folders, executable: Bare());
        await server.InitializeAsync();

        var made = await server.CallAsync("generate_image", new JsonObject { ["prompt"] = "a fox" });
        var priced = await server.CallAsync("list_presets", []);

        made.IsError.ShouldBeTrue();
        made.Text.ShouldContain("imaging_unavailable");
        made.Text.ShouldContain("install");
        priced.IsError.ShouldBeFalse();
    }

    public void Dispose() => _folders.Dispose();

    /// <summary>The executable without the folder that libvips lies in.</summary>
    private string Bare()
    {
        var bare = Path.Combine(_folders.Root, "bare");
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(AppContext.BaseDirectory, file);
            if (!name.StartsWith("native", StringComparison.Ordinal))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(bare, name))!);
                File.Copy(file, Path.Combine(bare, name));
            }
        }

        return Path.Combine(bare, "gptimage2-mcp");
    }
}
