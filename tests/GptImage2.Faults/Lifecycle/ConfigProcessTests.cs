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
        (output is "").ShouldBe(expected is 1, output);
        $"{output}{errors}".ShouldNotContain("   at ");
        errors.ShouldNotContain("Unhandled");
        File.ReadAllText(Path.Combine(_folders.Work, "broken.json")).ShouldBe("{ \"mcpServers\": ");
    }

    [Theory]
    [InlineData("codex", "CODEX_HOME", "config.toml", ".codex/config.toml")]
    [InlineData("claude-code", "CLAUDE_CONFIG_DIR", ".claude.json", ".claude.json")]
    public async Task A_file_that_its_client_has_moved_is_the_one_that_is_written(string client, string variable, string name, string usual)
    {
        var moved = Path.Combine(_folders.Root, "moved");
        await using var command = ServerProcess.Start(_folders, [(variable, moved)], ["config", client, "--write", "--yes"]);

        (await command.ExitAsync()).ShouldBe(0, command.Stderr);

        File.ReadAllText(Path.Combine(moved, name)).ShouldContain("gpt-image-2");
        File.Exists(Path.Combine(_folders.Home, usual)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("cursor", "${env:OPENAI_API_KEY}")]
    [InlineData("claude-code", "${OPENAI_API_KEY}")]
    [InlineData("claude-desktop", "sk-…")]
    public async Task A_key_of_this_shell_is_referred_to_and_never_written(string client, string written)
    {
        await using var command = ServerProcess.Start(_folders, [("OPENAI_API_KEY", "sk-mine-0123456789")], ["config", client]);

        (await command.ExitAsync()).ShouldBe(0, command.Stderr);

        var output = string.Join('\n', command.Lines.Select(line => line.Text));
        output.ShouldContain($"\"OPENAI_API_KEY\": \"{written}\"");
        $"{output}{command.Stderr}".ShouldNotContain("sk-mine");
    }

    [Fact]
    public async Task What_cannot_be_parsed_is_told_in_a_line_and_where_help_is()
    {
        var (code, output, errors) = await RunAsync("config", "cursor", "--file");

        (code, output).ShouldBe((1, ""));
        errors.Trim().Split('\n').Length.ShouldBe(2, errors);
        errors.ShouldContain("--file");
        errors.ShouldContain("gptimage2-mcp config --help tells all.");
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
