using GptImage2.Faults.Harness;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Responses;

namespace GptImage2.Faults.Storage;

/// <summary>Where a copy may not go, however it is written.</summary>
public sealed class SaveToTests : IClassFixture<SharedServer>
{
    private readonly TestFolders _folders;
    private readonly ServerProcess _server;

    public SaveToTests(SharedServer shared)
    {
        (_folders, _server) = (shared.Folders, shared.Server);
        if (Directory.Exists(Outside))
        {
            return;
        }

        Directory.CreateDirectory(Outside);
        Directory.CreateSymbolicLink(Path.Combine(_folders.Work, "link"), Outside);
        File.CreateSymbolicLink(Path.Combine(_folders.Work, "dangling.png"), Path.Combine(Outside, "made.png"));
        File.CreateSymbolicLink(Path.Combine(_folders.Work, "loop.png"), Path.Combine(_folders.Work, "loop.png"));
        Directory.CreateDirectory(Path.Combine(_folders.Work, "folder.png"));
    }

    private string Outside => Path.Combine(_folders.Root, "outside");

    [Theory]
    [InlineData("../outside/fox.png")]
    [InlineData("a/../../outside/fox.png")]
    [InlineData("link/fox.png")]
    [InlineData("link/deeper/fox.png")]
    [InlineData("link/../fox.png/../../outside/x.png")]
    [InlineData("dangling.png")]
    [InlineData("loop.png")]
    [InlineData("/etc/fox.png")]
    [InlineData("~/fox.png\0")]
    [InlineData("fox.png\0.png")]
    [InlineData("fox")]
    [InlineData("fox.gif")]
    [InlineData(".png")]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("sub/")]
    [InlineData("art/ .png")]
    public async Task Is_refused_before_anything_is_made(string place)
    {
        var reply = await _server.CallAsync("generate_image", new JsonObject { ["prompt"] = "a fox", ["save_to"] = place });

        reply.IsError.ShouldBeTrue(reply.Text);
        reply.Text.ShouldStartWith("save_to: expected");
        reply.Text.ShouldNotContain("unforeseen");
        reply.Structured.GetProperty("failure").GetProperty("billed").GetString().ShouldBe("no");
        Directory.EnumerateFileSystemEntries(Outside).ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_looked_at_again_once_the_image_is_there()
    {
        using var folders = new TestFolders();
        var outside = Directory.CreateDirectory(Path.Combine(folders.Root, "outside")).FullName;
        var drawn = new TaskCompletionSource();
        await using var service = await StrictOpenAI.StartAsync();
        service.Enqueue(new ScriptedResponse { StartSignal = drawn.Task });
        await using var server = ServerProcess.Start(folders, ServerEnvironment.Create(service));
        await server.InitializeAsync();
        var call = await server.SendCallAsync("generate_image", new JsonObject { ["prompt"] = "a fox", ["save_to"] = "out/fox.png" });
        await service.WaitForRequestsAsync(1);

        Directory.CreateSymbolicLink(Path.Combine(folders.Work, "out"), outside);
        drawn.SetResult();

        var reply = ToolReply.Parse(await server.ReadResponseAsync(call));
        reply.Text.ShouldContain("save_to: the copy could not be written");
        Directory.EnumerateFileSystemEntries(outside).ShouldBeEmpty();
        folders.ListImages().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Never_overwrites()
    {
        var taken = Path.Combine(_folders.Work, "fox.png");
        await File.WriteAllTextAsync(taken, "mine", TestContext.Current.CancellationToken);

        var first = await _server.CallAsync("generate_image", new JsonObject { ["prompt"] = "a fox", ["save_to"] = "fox.png" });
        var second = await _server.CallAsync("generate_image", new JsonObject { ["prompt"] = "a vixen", ["save_to"] = taken });
        var folder = await _server.CallAsync("generate_image", new JsonObject { ["prompt"] = "a cub", ["save_to"] = "folder.png" });

        (await File.ReadAllTextAsync(taken, TestContext.Current.CancellationToken)).ShouldBe("mine");
        first.Text.ShouldContain(Path.Combine(_folders.Work, "fox-2.png"));
        second.Text.ShouldContain(Path.Combine(_folders.Work, "fox-3.png"));
        folder.Text.ShouldContain(Path.Combine(_folders.Work, "folder-2.png"));
        Directory.GetFiles(_folders.Work, "*-?.png").Length.ShouldBe(3);
    }
}
