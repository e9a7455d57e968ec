using GptImage2.Faults.Harness;
using GptImage2.Testing.Mcp;

namespace GptImage2.Faults.Lifecycle;

/// <summary>How the process ends when its client does and nothing is under way.</summary>
[Collection<NonParallelTests>]
public sealed class ShutdownTests : IDisposable
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(2);

    private readonly TestFolders _folders = new();

    [Fact]
    public async Task Ends_at_once_when_idle_and_its_input_closes()
    {
        await using var server = ServerProcess.Start(_folders);
        await server.InitializeAsync();
        await server.CallAsync("list_images", []);

        await server.CloseInputAsync();

        (await server.ExitAsync(AtOnce)).ShouldBe(0);
        server.FindInvalidLines().ShouldBeEmpty();
    }

    [Fact]
    public async Task Ends_at_once_when_it_was_never_spoken_to()
    {
        await using var server = ServerProcess.Start(_folders);

        await server.CloseInputAsync();

        (await server.ExitAsync(AtOnce)).ShouldBe(0);
        server.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ends_at_once_when_it_is_told_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        await using var server = ServerProcess.Start(_folders);
        await server.InitializeAsync();

        await server.TerminateAsync();

        (await server.ExitAsync(AtOnce)).ShouldBe(0);
    }

    public void Dispose() => _folders.Dispose();
}
