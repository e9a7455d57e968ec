using GptImage2.Testing.Mcp;

namespace GptImage2.Faults.Lifecycle;

/// <summary>Setting a client up with the real executable: what is printed where, with which exit code.</summary>
public sealed class ConfigProcessTests : IDisposable
{
    private readonly TestFolders _folders = new();

    private string CursorFile => Path.Combine(_folders.Home, ".cursor", "mcp.json");

    public void Dispose() => _folders.Dispose();

    [Fact]
    public async Task A_client_that_was_set_up_starts_this_executable()
    {
        var (code, output, errors) = await RunAsync("config", "cursor", "--write", "--yes");

        code.ShouldBe(0, errors);
        output.ShouldStartWith("--- ");
        errors.ShouldContain($"{CursorFile} is written.");
        var entry = JsonNode.Parse(File.ReadAllText(CursorFile))!["mcpServers"]!["gpt-image-2"]!;
        entry["command"]!.GetValue<string>().ShouldBe(TestedExecutable.Path);
        await using var server = ServerProcess.Start(_folders, executable: entry["command"]!.GetValue<string>());
        (await server.RequestAsync("initialize", new JsonObject
        {
            ["protocolVersion"] = "2025-11-25",
            ["capabilities"] = new JsonObject(),
            ["clientInfo"] = new JsonObject { ["name"] = "test", ["version"] = "1" },
        })).Text.ShouldContain("gptimage2-mcp");
    }

    [Fact]
    public async Task Without_a_terminal_and_a_yes_nothing_is_written()
    {
        var (code, output, errors) = await RunAsync("config", "cursor", "--write");

        code.ShouldBe(1);
        output.ShouldContain("gpt-image-2");
        errors.ShouldContain("gptimage2-mcp config cursor --write --yes");
        File.Exists(CursorFile).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0, "config")]
    [InlineData(0, "config", "codex")]
    [InlineData(0, "config", "vscode", "--name", "studio")]
    [InlineData(1, "config", "cursr")]
    [InlineData(1, "config", "cursor", "--name", "a b")]
    [InlineData(1, "config", "cursor", "--file", "")]
    [InlineData(1, "config", "cursor", "--write", "--yes", "--file", ".")]
    [InlineData(1, "config", "cursor", "--write", "--yes", "--file", "broken.json")]
    [InlineData(1, "config", "cursor", "codex")]
    [InlineData(1, "config", "--file")]
    public async Task Nothing_that_is_typed_ends_in_a_stack_trace(int expected, params string[] arguments)
    {
        File.WriteAllText(Path.Combine(_folders.Work, "broken.json"), "{ \"mcpServers\": ");

        var (code, output, errors) = await RunAsync(arguments);

        code.ShouldBe(expected, errors);
        (output is "").ShouldBe(expected is 1 && !arguments.SequenceEqual(["config", "cursor", "codex"]) && !arguments.SequenceEqual(["config", "--file"]), output);
        $"{output}{errors}".ShouldNotContain("   at ");
        errors.ShouldNotContain("Unhandled");
        File.ReadAllText(Path.Combine(_folders.Work, "broken.json")).ShouldBe("{ \"mcpServers\": ");
    }

    [Fact]
    public async Task Wrong_settings_do_not_matter()
    {
        await using var command = ServerProcess.Start(_folders, [("GPTIMAGE2_MODLE", "x")], ["config", "cursor"]);

        (await command.ExitAsync()).ShouldBe(0, command.Stderr);
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        await using var command = ServerProcess.Start(_folders, arguments: arguments);
        var code = await command.ExitAsync();
        return (code, string.Join('\n', command.Lines.Select(line => line.Text)), command.Stderr);
    }
}
