using GptImage2.Testing.Mcp;

namespace GptImage2.Faults.Protocol;

/// <summary>Clients of the newer era keep one request open for as long as they live.</summary>
public sealed class SubscriptionTests : IDisposable
{
    private readonly TestFolders _folders = new();

    [Fact]
    public async Task Hear_of_new_images_and_keep_no_process_alive()
    {
        await using var server = ServerProcess.Start(_folders, protocol: ProtocolRevisions.Modern);
        await server.InitializeAsync();
        await server.SendAsync("subscriptions/listen", new JsonObject { ["notifications"] = new JsonObject { ["resourcesListChanged"] = true } });
        await server.FirstAsync(line => line.Text.Contains("subscriptions/acknowledged", StringComparison.Ordinal));

        await server.CallAsync("generate_image", new JsonObject { ["prompt"] = "a fox" });
        await server.FirstAsync(line => line.Text.Contains("notifications/resources/list_changed", StringComparison.Ordinal));
        await server.CloseInputAsync();

        (await server.ExitAsync()).ShouldBe(0);
        server.Stderr.Trim().ShouldBeEmpty();
        server.FindInvalidLines().ShouldBeEmpty();
    }

    public void Dispose() => _folders.Dispose();
}
