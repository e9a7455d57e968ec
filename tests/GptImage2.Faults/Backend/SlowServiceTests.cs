using System.Text.Json.Nodes;
using GptImage2.Faults.Harness;
using GptImage2.Faults.Protocol;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Responses;

namespace GptImage2.Faults.Backend;

/// <summary>A service that takes forty seconds, as the real one does at high quality.</summary>
public sealed class SlowServiceTests : IDisposable
{
    private readonly TestFolders _folders = new();

    [Fact]
    public async Task Is_waited_for_with_progress_every_five_seconds()
    {
        await using var service = await StrictOpenAI.StartAsync();
        service.Enqueue(new ScriptedResponse { Delay = TimeSpan.FromSeconds(40) });
        await using var server = ServerProcess.Start(_folders, [.. ServerEnvironment.Create(service), ("GPTIMAGE2_JOBS__WAITSECONDS", "120")]);
        await server.InitializeAsync();

        var called = server.Now;
        var reply = await server.CallAsync("generate_image", new JsonObject { ["prompt"] = "a slow fox" }, progressToken: "slow");

        reply.IsError.ShouldBeFalse(reply.Text);
        var progress = server.Progress("slow");
        Silences([called, .. progress.Select(line => line.At), reply.Line.At]).Max().ShouldBeLessThan(TimeSpan.FromSeconds(5));
        progress.Select(line => line.Value).ShouldBe(progress.Select(line => line.Value).Order());
        progress.Select(line => line.Message).ShouldContain(message => message.Contains("drawing"));
        server.Lines[^1].ShouldBe(reply.Line);
        service.Requests.ShouldHaveSingleItem();
    }

    public void Dispose() => _folders.Dispose();

    private static IEnumerable<TimeSpan> Silences(TimeSpan[] moments) => moments.Zip(moments.Skip(1), (before, after) => after - before);
}
