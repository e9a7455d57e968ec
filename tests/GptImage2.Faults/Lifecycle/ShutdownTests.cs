using GptImage2.Testing.Mcp;

namespace GptImage2.Faults.Lifecycle;

/// <summary>How the process ends when its client does and nothing is under way: without waiting for jobs, however long it might.</summary>
public sealed class ShutdownTests : IDisposable
{
    private static readonly (string, string)[] LongDrain = [("GPTIMAGE2_JOBS__DRAINSECONDS", "3600")];

    private readonly TestFolders _folders = new();

    [Fact]
    public async Task Ends_when_idle_and_its_input_closes()
    {
        await using var server = ServerProcess.Start(_folders, LongDrain);
        await server.InitializeAsync();
        await server.CallAsync("list_images", []);

        await server.CloseInputAsync();

        (await server.ExitAsync()).ShouldBe(0);
        server.FindInvalidLines().ShouldBeEmpty();
    }

    [Fact]
    public async Task Ends_when_it_was_never_spoken_to()
    {
        await using var server = ServerProcess.Start(_folders, LongDrain);

        await server.CloseInputAsync();

        (await server.ExitAsync()).ShouldBe(0);
        server.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ends_when_it_is_signalled()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        await using var server = ServerProcess.Start(_folders, LongDrain);
        await server.InitializeAsync();

        await server.TerminateAsync();

        (await server.ExitAsync()).ShouldBe(0);
        server.Stderr.Trim().ShouldBeEmpty();
    }

    public void Dispose() => _folders.Dispose();
}
