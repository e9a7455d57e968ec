using System.Text.Json.Nodes;
using GptImage2.Faults.Harness;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Responses;

namespace GptImage2.Faults.Protocol;

/// <summary>Scripts write every request into a pipe, close it, and then read.</summary>
public sealed class PipedInputTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TestFolders _folders = new();

    [Fact]
    public async Task Are_all_answered_although_the_input_ends_with_them()
    {
        await using var server = ServerProcess.Start(_folders, protocol: ProtocolRevisions.Modern);
        int[] ids =
        [
            await server.SendAsync("server/discover"),
            await server.SendAsync("tools/list"),
            await server.SendAsync("resources/list"),
            await server.SendCallAsync("list_presets", []),
            await server.SendCallAsync("list_images", []),
            await server.SendCallAsync("generate_image", new JsonObject { ["prompt"] = "a sketched fox" }),
            await server.SendCallAsync("generate_image", new JsonObject { ["prompt"] = "a planned fox", ["dry_run"] = true }),
        ];

        await server.CloseInputAsync();

        (await server.ExitAsync(Patience)).ShouldBe(0);
        server.Lines.Select(line => line.ResponseId).Order().ShouldBe(ids.Select(id => $"{id}"));
        server.Lines.ShouldAllBe(line => line.Text.Contains("\"result\""));
        _folders.ListImages().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Are_answered_even_when_the_image_takes_a_while()
    {
        await using var service = await StrictOpenAI.StartAsync();
        service.Enqueue(new ScriptedResponse { Delay = TimeSpan.FromSeconds(4) });
        await using var server = ServerProcess.Start(_folders, ServerEnvironment.Create(service), protocol: ProtocolRevisions.Modern);
        var call = await server.SendCallAsync("generate_image", new JsonObject { ["prompt"] = "a fox from afar" });

        await server.CloseInputAsync();

        (await server.ExitAsync(Patience)).ShouldBe(0);
        ToolReply.Parse(await server.ReadResponseAsync(call)).Text.ShouldContain(_folders.ListImages().ShouldHaveSingleItem());
    }

    [Fact]
    public async Task Need_no_reader()
    {
        await using var server = ServerProcess.Start(_folders, protocol: ProtocolRevisions.Modern);
        await server.InitializeAsync();
        server.CloseOutput();

        await server.SendCallAsync("generate_image", new JsonObject { ["prompt"] = "a fox for nobody" });
        await server.CloseInputAsync();

        (await server.ExitAsync(Patience)).ShouldBe(0);
        _folders.ListImages().ShouldHaveSingleItem();
    }

    public void Dispose() => _folders.Dispose();
}
