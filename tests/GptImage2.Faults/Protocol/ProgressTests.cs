using GptImage2.Faults.Harness;
using GptImage2.Testing.Images;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Responses;

namespace GptImage2.Faults.Protocol;

/// <summary>What progress says is true, and it is said in time.</summary>
public sealed class ProgressTests : IDisposable
{
    private const int Count = 3;
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

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
    public async Task Comes_before_the_service_has_answered()
    {
        var reported = new TaskCompletionSource();
        await using var service = await StrictOpenAI.StartAsync();
        service.Enqueue(new ScriptedResponse { StartSignal = reported.Task });
        await using var server = ServerProcess.Start(_folders, ServerEnvironment.Create(service));
        await server.InitializeAsync();

        var call = await server.SendCallAsync("generate_image", new JsonObject { ["prompt"] = "a fox" }, progressToken: "first");

        await server.FirstAsync(line => ProgressLines.IsProgress(line, "first"));
        reported.SetResult();
        (await server.ReadResponseAsync(call)).Problem.ShouldBeNull();
    }

    public void Dispose() => _folders.Dispose();

    /// <summary>Before an image is made, exactly those before it are claimed and stored.</summary>
    private void Judge(ServerProcess server, int drawn)
    {
        bool Claims(int stored) => server.Progress("true").Any(line => line.Message.Contains($"{stored} of {Count} stored", StringComparison.Ordinal));

        if (drawn > 0 && !SpinWait.SpinUntil(() => Claims(drawn), Timeout))
        {
            _lies.Add($"{drawn} images were never reported.");
        }

        if (Claims(drawn + 1) || _folders.ListImages().Length != drawn)
        {
            _lies.Add($"With {drawn} images made, {_folders.ListImages().Length} were stored and one more claimed.");
        }
    }
}
