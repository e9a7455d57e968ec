using System.Text.Json.Nodes;
using GptImage2.Faults.Harness;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Responses;

namespace GptImage2.Faults.Protocol;

/// <summary>A client that gives up in the middle of a drawing that is billed anyway.</summary>
public sealed class CancelledCallTests : IDisposable
{
    private static readonly TimeSpan Drawing = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private readonly TestFolders _folders = new();

    [Theory]
    [InlineData(ProtocolRevisions.Legacy)]
    [InlineData(ProtocolRevisions.Modern)]
    public async Task Loses_no_image_asks_for_none_twice_and_answers_nothing(string protocol)
    {
        await using var service = await StrictOpenAI.StartAsync();
        service.Enqueue(new ScriptedResponse { Delay = Drawing });
        await using var server = ServerProcess.Start(_folders, ServerEnvironment.Create(service), protocol: protocol);
        await server.InitializeAsync();
        JsonObject Arguments() => new() { ["prompt"] = "a fox that nobody waits for" };

        var call = await server.SendCallAsync("generate_image", Arguments(), progressToken: "left");
        await Task.Delay(Drawing / 2, TimeProvider.System, TestContext.Current.CancellationToken);
        await server.NotifyAsync("notifications/cancelled", new JsonObject { ["requestId"] = call });
        var cancelled = server.Now;

        var listed = await ListedAsync(server);
        listed.GetProperty("prompt").GetString().ShouldBe("a fox that nobody waits for");
        _folders.ListImages().ShouldHaveSingleItem();
        server.Progress("left").ShouldAllBe(line => line.At < cancelled + TimeSpan.FromSeconds(0.5));

        // Whoever comes back for it gets the same picture, and it is not billed again.
        var again = await server.CallAsync("generate_image", Arguments());
        again.Text.ShouldContain(listed.GetProperty("id").GetString()!);
        service.Requests.ShouldHaveSingleItem();
        server.Lines.ShouldNotContain(line => line.ResponseId == $"{call}");
        server.FindInvalidLines().ShouldBeEmpty();
    }

    [Fact]
    public async Task Finds_the_image_that_nobody_was_left_to_take()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not tell who reads a pipe.");
        var gone = new TaskCompletionSource();
        await using var service = await StrictOpenAI.StartAsync();
        service.Enqueue(new ScriptedResponse { StartSignal = gone.Task });
        await using var left = ServerProcess.Start(_folders, ServerEnvironment.Create(service));
        await left.InitializeAsync();
        await left.SendCallAsync("generate_image", new JsonObject { ["prompt"] = "a fox in an empty room" });
        await service.WaitForRequestsAsync(1);

        left.CloseOutput();
        gone.SetResult();
        await left.CloseInputAsync();
        (await left.ExitAsync(3 * Drawing)).ShouldBe(0);
        await using var next = ServerProcess.Start(_folders, ServerEnvironment.Create(service));
        await next.InitializeAsync();
        var again = await next.CallAsync("generate_image", new JsonObject { ["prompt"] = "a fox in an empty room" });

        again.IsError.ShouldBeFalse(again.Text);
        service.Requests.ShouldHaveSingleItem();
    }

    public void Dispose() => _folders.Dispose();

    private static async Task<System.Text.Json.JsonElement> ListedAsync(ServerProcess server)
    {
        for (var end = server.Now + (2 * Drawing); server.Now < end;)
        {
            var reply = await server.CallAsync("list_images", []);
            if (reply.Structured.GetProperty("images") is var images && images.GetArrayLength() is 1)
            {
                return images[0];
            }

            await Task.Delay(Look, TimeProvider.System, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("The picture is not in the list.");
    }
}
