using System.Text.Json.Nodes;
using GptImage2.Faults.Harness;
using GptImage2.Testing.Images;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Responses;

namespace GptImage2.Faults.Protocol;

[Collection<NonParallelTests>]
public sealed class ProgressTests : IDisposable
{
    private const int Count = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TestFolders _folders = new();
    private readonly List<string> _lies = [];

    [Fact]
    public async Task Claims_each_image_when_it_is_stored_and_not_before()
    {
        await using var service = await StrictOpenAI.StartAsync();
        await using var server = ServerProcess.Start(_folders, ServerEnvironment.Create(service));
        service.DrawImage = (order, index) =>
        {
            Judge(server, drawn: index);
            return PngEncoder.Gradient(order.Size, index);
        };
        await server.InitializeAsync();

        var reply = await server.CallAsync("generate_image", new JsonObject { ["prompt"] = "three foxes", ["count"] = Count }, progressToken: "true");

        reply.IsError.ShouldBeFalse(reply.Text);
        _lies.ShouldBeEmpty();
        server.FindInvalidLines().ShouldBeEmpty();
    }

    [Fact]
    public async Task Comes_at_once_even_from_a_cold_server()
    {
        await using var service = await StrictOpenAI.StartAsync();
        service.Enqueue(new ScriptedResponse { Delay = TimeSpan.FromSeconds(1) });
        await using var server = ServerProcess.Start(_folders, ServerEnvironment.Create(service));
        await server.InitializeAsync();

        var called = server.Now;
        await server.SendCallAsync("generate_image", new JsonObject { ["prompt"] = "a fox" }, progressToken: "first");

        var first = await server.FirstAsync(line => ProgressLines.IsProgress(line, "first"));
        // The next would come with the heartbeat, after 4 s; other projects' tests may keep the machine busy till then.
        (first.At - called).ShouldBeLessThan(TimeSpan.FromSeconds(3));
    }

    public void Dispose() => _folders.Dispose();

    /// <summary>Before a picture is drawn, exactly those before it are claimed and there.</summary>
    private void Judge(ServerProcess server, int drawn)
    {
        bool Claims(int stored) => server.Progress("true").Any(line => line.Message.Contains($"{stored} of {Count} stored", StringComparison.Ordinal));

        if (drawn > 0 && !SpinWait.SpinUntil(() => Claims(drawn), Patience))
        {
            _lies.Add($"Nobody was told of {drawn} pictures.");
        }

        if (Claims(drawn + 1) || _folders.ListImages().Length != drawn)
        {
            _lies.Add($"With {drawn} pictures drawn, {_folders.ListImages().Length} were stored and one more claimed.");
        }
    }
}
