using GptImage2.Faults.Harness;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Responses;

namespace GptImage2.Faults.Protocol;

/// <summary>Scripts write every request into a pipe, close it, and then read. However slow the machine, all are answered.</summary>
public sealed class PipedInputTests : IDisposable
{
    private static readonly (string, string)[] LongDrain = [("GPTIMAGE2_JOBS__DRAINSECONDS", "3600")];

    private readonly TestFolders _folders = new();

    [Fact]
    public async Task Are_all_answered_although_the_input_ends_with_them()
    {
        await using var server = ServerProcess.Start(_folders, LongDrain, protocol: ProtocolRevisions.Modern);
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

        (await server.ExitAsync()).ShouldBe(0);
        server.Lines.Select(line => line.ResponseId).Order().ShouldBe(ids.Select(id => $"{id}"));
        server.Lines.ShouldAllBe(line => line.Text.Contains("\"result\""));
        _folders.ListImages().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Are_answered_even_when_the_image_takes_a_while()
    {
        await using var service = await StrictOpenAI.StartAsync();
        service.Enqueue(new ScriptedResponse { Delay = TimeSpan.FromSeconds(4) });
        await using var server = ServerProcess.Start(_folders, [.. ServerEnvironment.Create(service), .. LongDrain], protocol: ProtocolRevisions.Modern);
        var call = await server.SendCallAsync("generate_image", new JsonObject { ["prompt"] = "a fox from afar" });

        await server.CloseInputAsync();

        (await server.ExitAsync()).ShouldBe(0);
        ToolReply.Parse(await server.ReadResponseAsync(call)).Text.ShouldContain(_folders.ListImages().ShouldHaveSingleItem());
    }

    [Fact]
    public async Task Are_answered_when_the_last_line_is_not_ended()
    {
        await using var server = ServerProcess.Start(_folders);

        await server.WriteBytesAsync([.. """{"jsonrpc":"2.0","id":7,"method":"ping"}"""u8]);
        await server.CloseInputAsync();

        (await server.ExitAsync()).ShouldBe(0);
        server.Lines.ShouldHaveSingleItem().ResponseId.ShouldBe("7");
    }

    [Fact]
    public async Task Are_answered_when_the_client_was_asked_and_is_gone()
    {
        await using var server = ServerProcess.Start(_folders, [.. LongDrain, ("GPTIMAGE2_SPENDING__CONFIRMUSD", "0"), ("OPENAI_API_KEY", "sk-unused")]);
        await server.RequestAsync("initialize", new JsonObject
        {
            ["protocolVersion"] = server.Protocol,
            ["capabilities"] = new JsonObject { ["elicitation"] = new JsonObject() },
            ["clientInfo"] = new JsonObject { ["name"] = "gone", ["version"] = "1" },
        });
        await server.NotifyAsync("notifications/initialized");
        var call = await server.SendCallAsync("generate_image", new JsonObject { ["prompt"] = "a dear fox" });
        await server.FirstAsync(line => line.Method is "elicitation/create");

        await server.CloseInputAsync();

        (await server.ExitAsync()).ShouldBe(0);
        (await server.ReadResponseAsync(call)).Text.ShouldContain("error");
        server.FindInvalidLines().ShouldBeEmpty();
    }

    [Fact]
    public async Task Are_not_waited_for_when_they_were_cancelled()
    {
        var never = new TaskCompletionSource();
        await using var service = await StrictOpenAI.StartAsync();
        service.Enqueue(new ScriptedResponse { StartSignal = never.Task });
        await using var server = ServerProcess.Start(_folders, [.. ServerEnvironment.Create(service), ("GPTIMAGE2_JOBS__DRAINSECONDS", "0"), ("GPTIMAGE2_JOBS__WAITSECONDS", "3600")]);
        await server.InitializeAsync();
        var call = await server.SendCallAsync("generate_image", new JsonObject { ["prompt"] = "a fox that nobody waits for" });
        await service.WaitForRequestsAsync(1);

        await server.NotifyAsync("notifications/cancelled", new JsonObject { ["requestId"] = call });
        await server.RequestAsync("tools/list");
        await server.CloseInputAsync();

        (await server.ExitAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Need_no_reader()
    {
        await using var server = ServerProcess.Start(_folders, LongDrain, protocol: ProtocolRevisions.Modern);
        await server.InitializeAsync();
        server.CloseOutput();

        await server.SendCallAsync("generate_image", new JsonObject { ["prompt"] = "a fox for nobody" });
        await server.CloseInputAsync();

        (await server.ExitAsync()).ShouldBe(0);
        _folders.ListImages().ShouldHaveSingleItem();
    }

    public void Dispose() => _folders.Dispose();
}
