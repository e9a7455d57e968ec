using System.Text.Json.Nodes;
using GptImage2.Faults.Harness;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Responses;

namespace GptImage2.Faults.Scenarios;

/// <summary>A service that takes longer than a client waits. The times stand for ten times as many seconds.</summary>
public sealed class ImpatientClientTests : IDisposable
{
    private readonly TestFolders _folders = new();

    [Fact]
    public async Task Gets_the_image_with_the_call_that_the_first_answer_names()
    {
        await using var service = await StrictOpenAI.StartAsync();
        service.Enqueue(new ScriptedResponse { Delay = TimeSpan.FromSeconds(6) });
        await using var server = ServerProcess.Start(_folders, [.. ServerEnvironment.Create(service), ("GPTIMAGE2_JOBS__WAITSECONDS", "2")]);
        await server.InitializeAsync();

        var first = await server.CallAsync("generate_image", new JsonObject { ["prompt"] = "a slow fox" });
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
        service.Enqueue(new ScriptedResponse { Delay = TimeSpan.FromSeconds(4) });
        await using var server = ServerProcess.Start(_folders, ServerEnvironment.Create(service));
        await server.InitializeAsync();
        JsonObject Arguments() => new() { ["prompt"] = "a fox for later" };

        var call = await server.SendCallAsync("generate_image", Arguments());
        await WaitAsync(2);
        await server.NotifyAsync("notifications/cancelled", new JsonObject { ["requestId"] = call });
        await WaitAsync(4);
        var again = await server.CallAsync("generate_image", Arguments());

        again.IsError.ShouldBeFalse(again.Text);
        service.Requests.ShouldHaveSingleItem();
        service.Billing.Entries.ShouldHaveSingleItem().Images.ShouldHaveSingleItem().Sha256.ShouldBe(again.Structured.GetProperty("images")[0].GetProperty("sha256").GetString());
    }

    public void Dispose() => _folders.Dispose();

    private static Task WaitAsync(int seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System, TestContext.Current.CancellationToken);
}
