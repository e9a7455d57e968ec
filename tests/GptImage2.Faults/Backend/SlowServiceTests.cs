using GptImage2.Faults.Harness;
using GptImage2.Faults.Protocol;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Responses;

namespace GptImage2.Faults.Backend;

/// <summary>A service that takes much longer than a client hears nothing without giving up.</summary>
public sealed class SlowServiceTests : IDisposable
{
    private static readonly TimeSpan Drawing = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(5);

    private readonly TestFolders _folders = new();

    [Fact]
    public async Task Is_waited_for_with_progress_every_five_seconds()
    {
        await using var service = await StrictOpenAI.StartAsync();
        service.Enqueue(new ScriptedResponse { Delay = Drawing });
        await using var server = ServerProcess.Start(_folders, [.. ServerEnvironment.Create(service), ("GPTIMAGE2_JOBS__WAITSECONDS", "120")]);
        await server.InitializeAsync();

        var reply = await server.CallAsync("generate_image", new JsonObject { ["prompt"] = "a slow fox" }, progressToken: "slow");

        reply.IsError.ShouldBeFalse(reply.Text);
        var progress = server.Progress("slow");
        progress.Count.ShouldBeGreaterThan((int)(Drawing / MaxSilence));
        progress.Select(line => line.Value).ShouldBe(progress.Select(line => line.Value).Order());
        progress.Select(line => line.Message).ShouldContain(message => message.Contains("drawing"));
        server.Lines[^1].ShouldBe(reply.Line);
        service.Requests.ShouldHaveSingleItem();
    }

    public void Dispose() => _folders.Dispose();
}
