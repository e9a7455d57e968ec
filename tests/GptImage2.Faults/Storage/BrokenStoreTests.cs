using GptImage2.Faults.Harness;
using GptImage2.Testing.Files;
using GptImage2.Testing.Images;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;

namespace GptImage2.Faults.Storage;

/// <summary>A place for images that takes none: images are safe elsewhere, nothing is spent where not even the job can be remembered, and the server lives on.</summary>
public sealed class BrokenStoreTests : IDisposable
{
    private readonly TestFolders _folders = new();

    [Fact]
    public async Task That_is_a_file_is_named_before_anything_is_spent()
    {
        await File.WriteAllTextAsync(_folders.Store, "a file", TestContext.Current.CancellationToken);

        (await RefusedAsync()).ShouldContain("GPTIMAGE2_STORAGE__ROOT");
    }

    [Fact]
    public async Task That_may_not_be_written_to_is_named_before_anything_is_spent()
    {
        using var disk = MountedDisk.TryMount(_folders.Store, 1000);
        Assert.SkipWhen(disk is null || !disk.MakeReadOnly(), "Nothing can be mounted here.");

        (await RefusedAsync()).ShouldContain("GPTIMAGE2_STORAGE__ROOT");
    }

    [Fact]
    public async Task That_is_full_is_named_and_takes_images_again_once_there_is_room()
    {
        using var disk = MountedDisk.TryMount(_folders.Store, 2_000);
        Assert.SkipWhen(disk is null, "Nothing can be mounted here.");
        await using var service = await StrictOpenAI.StartAsync();
        service.DrawImage = (order, index) => service.Requests.Count is 1 ? NoisePng.Create(order.Size, index) : PngEncoder.Gradient(order.Size, index);
        await using var server = ServerProcess.Start(_folders, ServerEnvironment.Create(service));
        await server.InitializeAsync();

        var full = await server.CallAsync("generate_image", new JsonObject { ["prompt"] = "a large fox" });
        var room = await server.CallAsync("generate_image", new JsonObject { ["prompt"] = "a small fox" });

        full.IsError.ShouldBeFalse(full.Text);
        full.Text.ShouldContain("The image is safe: ");
        new FileInfo(full.Structured.GetProperty("images")[0].GetProperty("path").GetString()!).Directory!.Parent!.FullName.ShouldBe(_folders.Temp);
        full.Text.ShouldContain("disk is full");
        full.Text.ShouldContain("Free some space");
        full.Structured.GetProperty("failure").GetProperty("billed").GetString().ShouldBe("yes");
        room.IsError.ShouldBeFalse(room.Text);
        _folders.ListImages().ShouldHaveSingleItem();
        Directory.EnumerateFiles(_folders.Store, "*.part", SearchOption.AllDirectories).ShouldBeEmpty();
        server.FindInvalidLines().ShouldBeEmpty();
    }

    [Fact]
    public async Task Costs_an_image_its_copy_at_most()
    {
        var folder = Path.Combine(_folders.Work, "small");
        using var disk = MountedDisk.TryMount(folder, 16);
        Assert.SkipWhen(disk is null, "Nothing can be mounted here.");
        await using var server = ServerProcess.Start(_folders);
        await server.InitializeAsync();

        var reply = await server.CallAsync("generate_image", new JsonObject { ["prompt"] = "a fox", ["save_to"] = "small/fox.png" });

        reply.IsError.ShouldBeFalse(reply.Text);
        reply.Text.ShouldContain("save_to: the copy could not be written");
        reply.Structured.GetProperty("images")[0].TryGetProperty("copies", out _).ShouldBeFalse();
        _folders.ListImages().ShouldHaveSingleItem();
        Directory.EnumerateFiles(folder).ShouldBeEmpty("half a copy looks like a whole one");
    }

    public void Dispose() => _folders.Dispose();

    /// <returns>How it was put into words.</returns>
    private async Task<string> RefusedAsync()
    {
        await using var service = await StrictOpenAI.StartAsync();
        await using var server = ServerProcess.Start(_folders, ServerEnvironment.Create(service));
        await server.InitializeAsync();

        var refused = await server.CallAsync("generate_image", new JsonObject { ["prompt"] = "a fox" });
        var presets = await server.CallAsync("list_presets", []);

        refused.IsError.ShouldBeTrue(refused.Text);
        refused.Text.ShouldNotContain("unforeseen");
        refused.Text.ShouldContain("Nothing was sent and nothing was spent.");
        refused.Structured.GetProperty("failure").GetProperty("billed").GetString().ShouldBe("no");
        service.Requests.ShouldBeEmpty();
        presets.IsError.ShouldBeFalse(presets.Text);
        server.FindInvalidLines().ShouldBeEmpty();
        return refused.Text;
    }
}
