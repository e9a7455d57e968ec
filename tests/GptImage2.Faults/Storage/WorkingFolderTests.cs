using GptImage2.Testing.Images;
using GptImage2.Testing.Mcp;

namespace GptImage2.Faults.Storage;

/// <summary>Desktop clients start servers in the root of the disk or in the home folder; neither is meant to be open to an agent.</summary>
public sealed class WorkingFolderTests : IDisposable
{
    private readonly TestFolders _folders = new();

    [Theory]
    [InlineData("root")]
    [InlineData("home")]
    [InlineData("above home")]
    public async Task Is_not_open_to_relative_paths_when_nobody_chose_it(string where)
    {
        var folder = where switch { "root" => Path.GetPathRoot(_folders.Root)!, "home" => _folders.Home, _ => _folders.Root };
        File.WriteAllBytes(Path.Combine(_folders.Home, "private.png"), PngEncoder.Gradient(new(64, 64), 1));
        await using var server = ServerProcess.Start(_folders, workingFolder: folder);
        await server.InitializeAsync();

        var save = await server.CallAsync("generate_image", new JsonObject { ["prompt"] = "a fox", ["save_to"] = "gptimage2-faults.png" });
        var view = await server.CallAsync("view_image", new JsonObject { ["image"] = Path.GetRelativePath(folder, Path.Combine(_folders.Home, "private.png")) });
        var absolute = await server.CallAsync("view_image", new JsonObject { ["image"] = Path.Combine(_folders.Home, "private.png") });

        save.IsError.ShouldBeTrue();
        save.Text.ShouldContain("save_to: expected an absolute path");
        save.Text.ShouldContain("GPTIMAGE2_OUTPUTS__ROOTS");
        File.Exists(Path.Combine(folder, "gptimage2-faults.png")).ShouldBeFalse();
        view.IsError.ShouldBeTrue();
        view.Text.ShouldContain("absolute path");
        absolute.IsError.ShouldBeTrue();
        absolute.Text.ShouldContain("GPTIMAGE2_INPUTS__ROOTS");
        _folders.ListImages().ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_not_open_when_it_is_the_home_folder_by_its_real_name()
    {
        Directory.Move(_folders.Home, _folders.Home + "-moved");
        Directory.CreateSymbolicLink(_folders.Home, _folders.Home + "-moved");
        await using var server = ServerProcess.Start(_folders, workingFolder: _folders.Home + "-moved");
        await server.InitializeAsync();

        var save = await server.CallAsync("generate_image", new JsonObject { ["prompt"] = "a fox", ["save_to"] = "gptimage2-faults.png" });

        save.Text.ShouldContain("save_to: expected an absolute path");
        File.Exists(Path.Combine(_folders.Home, "gptimage2-faults.png")).ShouldBeFalse();
    }

    [Fact]
    public async Task Is_open_when_it_is_a_project()
    {
        Directory.CreateDirectory(Path.Combine(_folders.Work, "art"));
        File.WriteAllBytes(Path.Combine(_folders.Work, "art", "mine.png"), PngEncoder.Gradient(new(64, 64), 1));
        await using var server = ServerProcess.Start(_folders);
        await server.InitializeAsync();

        var save = await server.CallAsync("generate_image", new JsonObject { ["prompt"] = "a fox", ["save_to"] = "out/new/fox.png" });
        var view = await server.CallAsync("view_image", new JsonObject { ["image"] = "art/mine.png" });

        save.IsError.ShouldBeFalse(save.Text);
        File.ReadAllBytes(Path.Combine(_folders.Work, "out/new/fox.png")).ShouldBe(File.ReadAllBytes(_folders.ListImages().Single()));
        view.IsError.ShouldBeFalse(view.Text);
        view.Image.ShouldNotBeEmpty();
    }

    public void Dispose() => _folders.Dispose();
}
