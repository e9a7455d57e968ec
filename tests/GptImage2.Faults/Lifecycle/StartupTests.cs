using GptImage2.Faults.Harness;
using GptImage2.Testing.Mcp;

namespace GptImage2.Faults.Lifecycle;

/// <summary>Clients start a second copy of a server just to look at it.</summary>
public sealed class StartupTests : IDisposable
{
    /// <summary>With the default store, which is in the home folder.</summary>
    private static readonly (string, string)[] Plain = [("GPTIMAGE2_STORAGE__ROOT", "")];

    private readonly TestFolders _folders = new();

    [Theory]
    [InlineData(ProtocolRevisions.Legacy)]
    [InlineData(ProtocolRevisions.Modern)]
    public async Task Leaves_no_trace_before_the_first_call(string protocol)
    {
        var before = _folders.ListAllFiles();
        await using var server = ServerProcess.Start(_folders, Plain, protocol: protocol);

        await server.InitializeAsync();
        await server.RequestAsync("tools/list");
        await server.RequestAsync("resources/templates/list");

        _folders.ListAllFiles().ShouldBe(before);
        OpenFiles.ForWriting(server.Id).ShouldBeEmpty();
        server.Stderr.Trim().ShouldBeEmpty();

        await server.CloseInputAsync();
        await server.ExitAsync();
        _folders.ListAllFiles().ShouldBe(before);
    }

    [Fact]
    public async Task Begins_with_the_first_call()
    {
        await using var server = ServerProcess.Start(_folders, Plain);
        await server.InitializeAsync();

        var reply = await server.CallAsync("list_images", []);

        reply.IsError.ShouldBeFalse(reply.Text);
        _folders.ListAllFiles().ShouldContain(path => path.EndsWith("catalog.db", StringComparison.Ordinal));
        _folders.ListAllFiles().ShouldAllBe(path => path.Length <= 4 || path.StartsWith("home", StringComparison.Ordinal));
        server.FindInvalidLines().ShouldBeEmpty();
    }

    public void Dispose() => _folders.Dispose();
}
