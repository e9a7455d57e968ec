using GptImage2.Faults.Harness;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Responses;

namespace GptImage2.Faults.Scenarios;

/// <summary>A service that takes longer than a client waits.</summary>
public sealed class ImpatientClientTests : IDisposable
{
    private readonly TestFolders _folders = new();

    [Fact]
    public async Task Gets_the_image_with_the_call_that_the_first_answer_names()
    {
        await using var service = await StrictOpenAI.StartAsync();
        var drawn = new TaskCompletionSource();
        service.Enqueue(new ScriptedResponse { StartSignal = drawn.Task });
        await using var server = ServerProcess.Start(_folders, [.. ServerEnvironment.Create(service), ("GPTIMAGE2_JOBS__WAITSECONDS", "1")]);
        await server.InitializeAsync();

        var first = await server.CallAsync("generate_image", new JsonObject { ["prompt"] = "a slow fox" });
        drawn.SetResult();
        var next = first.Structured.GetProperty("next")[0];
        var second = await server.CallAsync(next.GetProperty("tool").GetString()!, JsonNode.Parse(next.GetProperty("arguments").GetRawText())!.AsObject());

        first.Structured.GetProperty("job").GetProperty("status").GetString().ShouldBe("running");
        second.Structured.GetProperty("job").GetProperty("status").GetString().ShouldBe("done", second.Text);
        second.Structured.GetProperty("images").GetArrayLength().ShouldBe(1);
        service.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Gives_up_and_asks_again_and_the_service_sees_one_request()
    {
        await using var service = await StrictOpenAI.StartAsync();
        var drawn = new TaskCompletionSource();
        service.Enqueue(new ScriptedResponse { StartSignal = drawn.Task });
        await using var server = ServerProcess.Start(_folders, ServerEnvironment.Create(service));
        await server.InitializeAsync();
        JsonObject Arguments() => new() { ["prompt"] = "a fox for later" };

        var call = await server.SendCallAsync("generate_image", Arguments());
        await service.WaitForRequestsAsync(1);
        await server.NotifyAsync("notifications/cancelled", new JsonObject { ["requestId"] = call });
        await server.CallAsync("list_images", []);
        drawn.SetResult();
        await service.Billing.FirstAsync(entry => entry.FullySentAt is not null, TestContext.Current.CancellationToken);
        var again = await server.CallAsync("generate_image", Arguments());

        again.IsError.ShouldBeFalse(again.Text);
        service.Requests.ShouldHaveSingleItem();
        service.Billing.Entries.ShouldHaveSingleItem().Images.ShouldHaveSingleItem().Sha256.ShouldBe(again.Structured.GetProperty("images")[0].GetProperty("sha256").GetString());
    }

    /// <summary>A client ignores what comes after its cancellation, so nobody has these images yet.</summary>
    [Fact]
    public async Task Cancels_as_the_result_comes_and_asks_again_and_the_service_sees_one_request()
    {
        await using var service = await StrictOpenAI.StartAsync();
        await using var server = ServerProcess.Start(_folders, ServerEnvironment.Create(service));
        await server.InitializeAsync();
        JsonObject Arguments() => new() { ["prompt"] = "a fox that crosses" };

        var call = await server.SendCallAsync("generate_image", Arguments());
        var ignored = ToolReply.Parse(await server.ReadResponseAsync(call));
        await server.NotifyAsync("notifications/cancelled", new JsonObject { ["requestId"] = call });
        var again = await server.CallAsync("generate_image", Arguments());
        await server.NotifyAsync("notifications/cancelled", new JsonObject { ["requestId"] = call });
        await server.WriteAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1,"requestId":2}}""");
        var next = await server.CallAsync("generate_image", Arguments());

        again.Structured.GetProperty("job").GetProperty("id").GetString().ShouldBe(ignored.Structured.GetProperty("job").GetProperty("id").GetString());
        service.Requests.Count.ShouldBe(2, next.Text);
    }

    public void Dispose() => _folders.Dispose();
}
