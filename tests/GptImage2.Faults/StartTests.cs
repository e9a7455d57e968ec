using GptImage2.Testing.Mcp;

namespace GptImage2.Faults;

/// <summary>Clients start a second copy of a server just to look at it.</summary>
public sealed class StartTests : IDisposable
{
    /// <summary>With the default store, which lies in the home folder.</summary>
    private static readonly (string, string)[] Plain = [("GPTIMAGE2_STORAGE__ROOT", "")];

    private readonly PrivateFolders _folders = new();

    [Theory]
    [InlineData(Era.Legacy)]
    [InlineData(Era.Modern)]
    public async Task Leaves_no_trace_before_the_first_call(string protocol)
    {
        var before = _folders.Everything();
        await using var server = ServerProcess.Start(_folders, Plain, protocol: protocol);

        await server.GreetAsync();
        await server.RequestAsync("tools/list");
        await server.RequestAsync("resources/templates/list");

        _folders.Everything().ShouldBe(before);
        OpenFiles.ForWriting(server.Id).ShouldBeEmpty();
        server.Stderr.Trim().ShouldBeEmpty();

        await server.CloseInputAsync();
        await server.ExitAsync(TimeSpan.FromSeconds(10));
        _folders.Everything().ShouldBe(before);
    }

    [Fact]
    public async Task Begins_with_the_first_call()
    {
        await using var server = ServerProcess.Start(_folders, Plain);
        await server.GreetAsync();

        var reply = await server.CallAsync("list_images", []);

        reply.IsError.ShouldBeFalse(reply.Text);
        _folders.Everything().ShouldContain(path => path.EndsWith("catalog.db", StringComparison.Ordinal));
        _folders.Everything().ShouldAllBe(path => path.Length <= 4 || path.StartsWith("home", StringComparison.Ordinal));
        server.Noise().ShouldBeEmpty();
    }

    public void Dispose() => _folders.Dispose();
}
