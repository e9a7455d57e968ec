using System.Text.Json.Nodes;
using GptImage2.Faults.Harness;
using GptImage2.Faults.Protocol;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Responses;

namespace GptImage2.Faults.Lifecycle;

/// <summary>How the process ends while a picture is being drawn that is billed anyway.</summary>
public sealed class DrainTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TestFolders _folders = new();

    [Theory]
    [InlineData(false, "finish")]
    [InlineData(true, "finish")]
    [InlineData(true, "abort")]
    public async Task Keeps_an_image_that_is_being_drawn(bool told, string onCancel)
    {
        Assert.SkipWhen(told && OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        await using var service = await StrictOpenAI.StartAsync();
        service.Enqueue(new ScriptedResponse { Delay = TimeSpan.FromSeconds(3) });
        await using var server = ServerProcess.Start(_folders, [.. ServerEnvironment.Create(service), ("GPTIMAGE2_JOBS__DRAINSECONDS", "15"), ("GPTIMAGE2_JOBS__ONCANCEL", onCancel)]);
        await server.InitializeAsync();
        await server.SendCallAsync("generate_image", new JsonObject { ["prompt"] = "a late fox" });
        await service.WaitForRequestsAsync(1);

        await (told ? server.TerminateAsync() : server.CloseInputAsync());

        (await server.ExitAsync(Patience)).ShouldBe(0);
        _folders.ListImages().ShouldHaveSingleItem();
        service.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Waits_no_longer_than_it_may()
    {
        var never = new TaskCompletionSource();
        await using var service = await StrictOpenAI.StartAsync();
        service.Enqueue(new ScriptedResponse { StartSignal = never.Task });
        await using var server = ServerProcess.Start(_folders, [.. ServerEnvironment.Create(service), ("GPTIMAGE2_JOBS__DRAINSECONDS", "1")]);
        await server.InitializeAsync();
        await server.SendCallAsync("generate_image", new JsonObject { ["prompt"] = "a fox that never comes" });
        await service.WaitForRequestsAsync(1);

        await server.CloseInputAsync();

        (await server.ExitAsync(TimeSpan.FromSeconds(6))).ShouldBe(0);
        server.FindInvalidLines().ShouldBeEmpty();
    }

    [Fact]
    public async Task Leaves_nothing_that_looks_like_an_image_when_it_is_killed()
    {
        await using var service = await StrictOpenAI.StartAsync();
        service.Enqueue(new ScriptedResponse { ChunkSize = 2_000, ChunkPause = TimeSpan.FromSeconds(1) });
        await using var killed = ServerProcess.Start(_folders, ServerEnvironment.Create(service));
        await killed.InitializeAsync();
        await killed.SendCallAsync("generate_image", new JsonObject { ["prompt"] = "half a fox" }, progressToken: "half");
        await killed.FirstAsync(line => ProgressLines.IsProgress(line, "half") && line.Message.StartsWith("receiving", StringComparison.Ordinal));

        killed.Kill();
        await using var next = ServerProcess.Start(_folders, ServerEnvironment.Create(service));
        await next.InitializeAsync();

        (await next.CallAsync("list_images", [])).Structured.GetProperty("images").GetArrayLength().ShouldBe(0);

        // What may have been billed for nothing is told before it is billed again.
        (await next.CallAsync("generate_image", new JsonObject { ["prompt"] = "half a fox" })).Text.ShouldContain("uncertain");
        (await next.CallAsync("generate_image", new JsonObject { ["prompt"] = "half a fox" })).IsError.ShouldBeFalse();
        _folders.ListImages().ShouldHaveSingleItem();
    }

    public void Dispose() => _folders.Dispose();
}
