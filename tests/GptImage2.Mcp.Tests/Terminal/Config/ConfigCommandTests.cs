using GptImage2.Mcp.Terminal.Clients;

namespace GptImage2.Mcp.Tests.Terminal.Config;

public sealed class ConfigCommandTests : IDisposable
{
    private readonly ConfigFolder _folder = new();

    public static TheoryData<string> Clients => [.. KnownClients.All.Select(client => client.Name)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_a_name_the_clients_are_listed_with_their_files()
    {
        _folder.Put("cursor", "{}");
        await _folder.WriteAsync("windsurf");

        var (code, output, explanation) = await _folder.RunAsync(null);

        code.ShouldBe(0);
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]).ShouldBe(
            ["claude-desktop", "claude-code", "vscode", "cursor", "codex", "gemini-cli", "windsurf", "jetbrains"]);
        output.ShouldContain($"cursor          here   {_folder.FileOf("cursor")}\n");
        output.ShouldContain($"codex                  {_folder.FileOf("codex")}\n");
        output.ShouldContain($"windsurf        added  {_folder.FileOf("windsurf")}\n");
        explanation.ShouldContain("here: the client's file is there; added: this server is in it.");
        explanation.ShouldContain("config CLIENT");
    }

    [Theory]
    [InlineData("cursr", "cursor")]
    [InlineData("claude-dekstop", "claude-desktop")]
    [InlineData("vs-code", "vscode")]
    [InlineData("gemini", "gemini-cli")]
    [InlineData("claude", "claude-desktop or claude-code")]
    public async Task A_wrong_name_is_answered_with_the_nearest(string typed, string meant)
    {
        var (code, output, explanation) = await _folder.RunAsync(typed);

        (code, output).ShouldBe((1, ""));
        explanation.ShouldStartWith("client: expected one of claude-desktop, ");
        explanation.ShouldEndWith($"but received \"{typed}\". Nearest: {meant}.\n");
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task The_snippet_is_a_file_that_the_client_can_have(string client)
    {
        var (code, output, explanation) = await _folder.RunAsync(client);
        _folder.Put(client, output);

        code.ShouldBe(0);
        explanation.ShouldContain(_folder.FileOf(client));
        explanation.ShouldContain($"gptimage2-mcp config {client} --write\n");
        (await _folder.WriteAsync(client)).Explanation.ShouldContain("starts this server already");
    }

    [Fact]
    public async Task Links_carry_the_entry()
    {
        var cursor = (await _folder.RunAsync("cursor")).Explanation;
        var code = (await _folder.RunAsync("vscode")).Explanation;

        var entry = JsonNode.Parse(Convert.FromBase64String(Uri.UnescapeDataString(Regex.Match(cursor, @"One click: cursor://anysphere\.cursor-deeplink/mcp/install\?name=gpt-image-2&config=(\S+)\n").Groups[1].Value)));
        var described = JsonNode.Parse(Uri.UnescapeDataString(Regex.Match(code, @"One click: vscode:mcp/install\?(\S+)\n").Groups[1].Value))!;

        JsonNode.DeepEquals(entry, JsonNode.Parse("""{ "command": "dnx", "args": ["GptImage2.Mcp@0.1.0", "--yes"], "env": { "OPENAI_API_KEY": "sk-…" } }""")).ShouldBeTrue(entry?.ToJsonString());
        described["name"]!.GetValue<string>().ShouldBe("gpt-image-2");
        described["env"]!["OPENAI_API_KEY"]!.GetValue<string>().ShouldBe("${input:openai-key}");
        described["inputs"]![0]!["password"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Theory]
    [InlineData("claude-code", "claude mcp add --env OPENAI_API_KEY=sk-… --scope user --transport stdio gpt-image-2 -- '/a b/gptimage2-mcp'")]
    [InlineData("codex", "codex mcp add gpt-image-2 --env OPENAI_API_KEY=sk-… -- '/a b/gptimage2-mcp'")]
    [InlineData("gemini-cli", "gemini mcp add --scope user -e OPENAI_API_KEY=sk-… gpt-image-2 '/a b/gptimage2-mcp'")]
    public void Lines_are_what_a_shell_takes(string client, string line)
    {
        var known = KnownClients.All.Single(candidate => candidate.Name == client);

        ShellLine.Write(known.CommandLine!(new ServerEntry(known, "gpt-image-2", new LaunchCommand("/a b/gptimage2-mcp", []))), windows: false).ShouldBe(line);
    }

    [Theory]
    [InlineData("y\n", true)]
    [InlineData("YES\n", true)]
    [InlineData("n\n", false)]
    [InlineData("\n", false)]
    [InlineData("", false)]
    public async Task Who_can_be_asked_is_asked_after_seeing_the_change(string answers, bool written)
    {
        var file = _folder.Put("cursor", "{ \"secret\": \"sk-theirs\" }");

        var (code, output, explanation) = await _folder.RunAsync("cursor", write: true, answers: answers);

        code.ShouldBe(written ? 0 : 1);
        output.ShouldStartWith($"--- {file}\n+++ {file}\n@@ line 1 @@\n+, \"mcpServers\":");
        output.ShouldNotContain("theirs");
        explanation.ShouldStartWith($"Write this to {file}? [y/N] ");
        File.ReadAllText(file).Contains("gpt-image-2", StringComparison.Ordinal).ShouldBe(written);
        ConfigFolder.ListBeside(file).Length.ShouldBe(written ? 2 : 1);
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_the_command_that_writes_is_told()
    {
        var other = Path.Combine(_folder.Root, "my project", ".mcp.json");

        var (code, output, explanation) = await _folder.RunAsync("claude-code", write: true, file: other, name: "studio");

        code.ShouldBe(1);
        output.ShouldContain("+    \"studio\": {\n");
        explanation.ShouldBe($"Nothing was written, because nobody can be asked here. To write it: gptimage2-mcp config claude-code --write --file {(OperatingSystem.IsWindows() ? $"\"{other}\"" : $"'{other}'")} --name studio --yes\n");
        Directory.Exists(Path.GetDirectoryName(other)).ShouldBeFalse();
    }

    /// <summary>The comma that the file's last line gets says nothing.</summary>
    [Fact]
    public async Task The_change_shows_no_line_of_a_comma_alone()
    {
        _folder.Put("cursor", "{\n  \"mcpServers\": {\n    \"a\": { \"command\": \"x\" }\n  }\n}\n");

        var (_, output, _) = await _folder.RunAsync("cursor", write: true);

        output.ShouldContain("+    \"gpt-image-2\": {\n");
        output.ShouldNotContain("\n+,\n");
    }

    [Fact]
    public async Task A_name_that_is_like_none_gets_no_suggestion() => (await _folder.RunAsync("emacs")).Explanation.ShouldEndWith("but received \"emacs\".\n");

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a.b")]
    [InlineData("a\"]\n[x")]
    public async Task A_name_that_some_client_refuses_is_refused(string name) =>
        (await _folder.RunAsync("codex", name: name)).ShouldBe((1, "", $"--name: expected letters, digits, - and _ but received \"{name}\".\n"));

    [Fact]
    public async Task The_key_is_asked_for_where_a_placeholder_was_written()
    {
        var fresh = await _folder.WriteAsync("windsurf");
        var code = await _folder.WriteAsync("vscode");

        fresh.Explanation.ShouldContain($"Put your key in place of sk-… in {_folder.FileOf("windsurf")}, or ${{env:OPENAI_API_KEY}}");
        code.Explanation.ShouldNotContain("Put your key");
        code.Explanation.ShouldContain("VS Code asks for the key");
    }
}
