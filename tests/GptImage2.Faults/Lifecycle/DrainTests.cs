using GptImage2.Faults.Harness;
using GptImage2.Faults.Protocol;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Responses;

namespace GptImage2.Faults.Lifecycle;

/// <summary>How the process ends while an image is being made that is billed anyway.</summary>
public sealed class DrainTests : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    private readonly TestFolders _folders = new();

    [Theory]
    [InlineData(false, "finish")]
    [InlineData(true, "finish")]
    [InlineData(true, "abort")]
    public async Task Keeps_an_image_that_is_being_drawn(bool signalled, string onCancel)
    {
        Assert.SkipWhen(signalled && OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        await using var service = await StrictOpenAI.StartAsync();
        service.Enqueue(new ScriptedResponse { Delay = TimeSpan.FromSeconds(3) });
        await using var server = ServerProcess.Start(_folders, [.. ServerEnvironment.Create(service), ("GPTIMAGE2_JOBS__DRAINSECONDS", "3600"), ("GPTIMAGE2_JOBS__ONCANCEL", onCancel)]);
        await server.InitializeAsync();
        await server.SendCallAsync("generate_image", new JsonObject { ["prompt"] = "a late fox" });
        await service.WaitForRequestsAsync(1);

        await (signalled ? server.TerminateAsync() : server.CloseInputAsync());

        (await server.ExitAsync()).ShouldBe(0);
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
        var call = await server.SendCallAsync("generate_image", new JsonObject { ["prompt"] = "a fox that never comes" });
        await service.WaitForRequestsAsync(1);

        await server.CloseInputAsync();

        (await server.ExitAsync()).ShouldBe(0);
        ToolReply.Parse(await server.ReadResponseAsync(call)).Structured.GetProperty("job").GetProperty("status").GetString().ShouldBe("interrupted");
        server.FindInvalidLines().ShouldBeEmpty();
    }

    [Fact]
    public async Task Waits_no_longer_when_it_is_signalled_again()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        var never = new TaskCompletionSource();
        await using var service = await StrictOpenAI.StartAsync();
        service.Enqueue(new ScriptedResponse { StartSignal = never.Task });
        await using var server = ServerProcess.Start(_folders, [.. ServerEnvironment.Create(service), ("GPTIMAGE2_JOBS__DRAINSECONDS", "3600")]);
        await server.InitializeAsync();
        await server.SendCallAsync("generate_image", new JsonObject { ["prompt"] = "a fox that never comes" });
        await service.WaitForRequestsAsync(1);

        // Two signals at once count as one, so they come until one more is enough.
        var exit = server.ExitAsync();
        while (!exit.IsCompleted)
        {
            await server.TerminateAsync();
            await Task.WhenAny(exit, Task.Delay(PollInterval, TimeProvider.System, TestContext.Current.CancellationToken));
        }

        (await exit).ShouldNotBe(0);
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

        // What may have been billed for nothing is reported before it is billed again.
        (await next.CallAsync("generate_image", new JsonObject { ["prompt"] = "half a fox" })).Text.ShouldContain("uncertain");
        (await next.CallAsync("generate_image", new JsonObject { ["prompt"] = "half a fox" })).IsError.ShouldBeFalse();
        _folders.ListImages().ShouldHaveSingleItem();
    }

    public void Dispose() => _folders.Dispose();
}
