using GptImage2.Faults.Harness;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Responses;

namespace GptImage2.Faults.Protocol;

/// <summary>A client that gives up while an image is being made that is billed anyway.</summary>
public sealed class CancelledCallTests : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private readonly TestFolders _folders = new();

    [Theory]
    [InlineData(ProtocolRevisions.Legacy)]
    [InlineData(ProtocolRevisions.Modern)]
    public async Task Loses_no_image_asks_for_none_twice_and_answers_nothing(string protocol)
    {
        var cancelled = new TaskCompletionSource();
        await using var service = await StrictOpenAI.StartAsync();
        service.Enqueue(new ScriptedResponse { StartSignal = cancelled.Task });
        await using var server = ServerProcess.Start(_folders, ServerEnvironment.Create(service), protocol: protocol);
        await server.InitializeAsync();
        JsonObject Arguments() => new() { ["prompt"] = "a fox that nobody waits for" };

        var call = await server.SendCallAsync("generate_image", Arguments(), progressToken: "left");
        await service.WaitForRequestsAsync(1);
        await server.NotifyAsync("notifications/cancelled", new JsonObject { ["requestId"] = call });
        await server.CallAsync("list_images", []);
        cancelled.SetResult();

        var listed = await ListedAsync(server);
        listed.GetProperty("prompt").GetString().ShouldBe("a fox that nobody waits for");
        _folders.ListImages().ShouldHaveSingleItem();
        ReportsAfterTheCall(server).ShouldBeEmpty();

        // A client that comes back for it gets the same image, and it is not billed again.
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
        (await left.ExitAsync()).ShouldBe(0);
        await using var next = ServerProcess.Start(_folders, ServerEnvironment.Create(service));
        await next.InitializeAsync();
        var again = await next.CallAsync("generate_image", new JsonObject { ["prompt"] = "a fox in an empty room" });

        again.IsError.ShouldBeFalse(again.Text);
        service.Requests.ShouldHaveSingleItem();
    }

    public void Dispose() => _folders.Dispose();

    /// <summary>The service draws only once the call is cancelled, so whoever hears of more than the drawing is told too much. What was on its way before may come.</summary>
    private static IEnumerable<string> ReportsAfterTheCall(ServerProcess server) =>
        server.Progress("left").Select(line => line.Message).Where(message => !Regex.IsMatch(message, "^(waiting|sending)|is drawing"));

    private static async Task<System.Text.Json.JsonElement> ListedAsync(ServerProcess server)
    {
        for (var end = server.Now + Timeout; server.Now < end;)
        {
            var reply = await server.CallAsync("list_images", []);
            if (reply.Structured.GetProperty("images") is var images && images.GetArrayLength() is 1)
            {
                return images[0];
            }

            await Task.Delay(PollInterval, TimeProvider.System, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("The image is not in the list.");
    }
}
