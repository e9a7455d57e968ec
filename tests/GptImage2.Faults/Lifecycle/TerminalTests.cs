using GptImage2.Testing.Mcp;

namespace GptImage2.Faults.Lifecycle;

/// <summary>The commands for people, on the real executable: what the README tells everybody to run first.</summary>
public sealed class TerminalTests : IDisposable
{
    private readonly TestFolders _folders = new();

    [Fact]
    public async Task Try_makes_an_image_and_says_where_it_is()
    {
        await using var command = ServerProcess.Start(_folders, arguments: ["try", "a red fox in snow at sunrise"]);

        (await command.ExitAsync()).ShouldBe(0, command.Stderr);

        command.Lines.ShouldContain(line => line.Text.Contains(_folders.ListImages().Single(), StringComparison.Ordinal));
        command.Stderr.ShouldNotContain("Unhandled");
    }

    [Fact]
    public async Task Doctor_checks_the_machine_to_its_last_line()
    {
        await using var command = ServerProcess.Start(_folders, arguments: ["doctor"]);

        (await command.ExitAsync()).ShouldBe(0, command.Stderr);

        foreach (var subject in (string[])["server", "libvips", "images", "catalog", "backend"])
        {
            command.Lines.ShouldContain(line => line.Text.StartsWith($"ok    {subject}", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1:7823", 0, "Nothing unsafe was found.")]
    [InlineData("http://0.0.0.0:7823", 1, "2 of ")]
    public async Task Doctor_http_says_what_would_be_exposed_and_starts_nothing(string urls, int exitCode, string conclusion)
    {
        await using var command = ServerProcess.Start(_folders, [("GPTIMAGE2_HTTP__URLS", urls)], arguments: ["doctor", "http"]);

        (await command.ExitAsync()).ShouldBe(exitCode, command.Stderr);

        command.Lines.ShouldContain(line => line.Text.Contains(urls, StringComparison.Ordinal));
        command.Lines[^1].Text.ShouldStartWith(conclusion);
        Directory.Exists(_folders.Store).ShouldBeFalse();
    }

    public void Dispose() => _folders.Dispose();
}
