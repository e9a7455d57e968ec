using GptImage2.Mcp.Terminal.Clients;
using GptImage2.Mcp.Terminal.Clients.Files;
using GptImage2.Mcp.Terminal.Doctor;
using GptImage2.Testing.Time;

namespace GptImage2.Mcp.Tests.Terminal.Doctor;

/// <summary>What a client would start is started, greeted and ended.</summary>
public sealed class EntryStartTests
{
    private const string Answer = """{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{"name":"x","version":"1"}}}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_launcher_says_first_is_passed_over()
    {
        SkipWithoutShell();

        (await new EntryStart(TimeProvider.System).TryAsync(Shell($"echo 'Restoring…'; echo '[1]'; read greeting; echo '{Answer}'; cat > /dev/null"), Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task An_error_is_no_answer_and_keys_in_it_are_not_repeated()
    {
        SkipWithoutShell();

        var problem = await new EntryStart(TimeProvider.System).TryAsync(Shell("read greeting; echo '{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{}}'; echo 'bad key sk-0123456789abcdef0123' >&2; exit 4"), Cancellation);

        problem.ShouldBe("it ends with exit code 4: bad key (key).");
    }

    [Fact]
    public async Task What_never_answers_is_ended()
    {
        SkipWithoutShell();
        var clock = new WatchedTimeProvider();

        var problem = new EntryStart(clock).TryAsync(Shell("exec cat"), Cancellation);
        clock.Advance(await clock.TimerWithinAsync(TimeSpan.FromMinutes(2)));

        (await problem).ShouldBe("it does not answer within 60 s");
    }

    [Theory]
    [InlineData("cursor", """{ "mcpServers": { "gpt-image-2": { "command": "x", "env": { "A": "b", "N": 1 } }, "other": { "command": "y" } } }""", "gpt-image-2: x  A=b")]
    [InlineData("cursor", """{ "mcpServers": { "studio": { "command": "dnx", "args": ["gptimage2.mcp@0.1.0", "--yes"] } } }""", "studio: dnx gptimage2.mcp@0.1.0 --yes ")]
    [InlineData("vscode", """{ "servers": { "studio": { "command": "/opt/gptimage2-mcp/gptimage2-mcp" } } }""", "studio: /opt/gptimage2-mcp/gptimage2-mcp  ")]
    [InlineData("codex", "[mcp_servers.studio]\ncommand = 'dotnet'\nargs = ['/opt/gptimage2-mcp.dll']\nenv = { A = \"b\" }\n", "studio: dotnet /opt/gptimage2-mcp.dll A=b")]
    [InlineData("codex", "model = 'x'\n", "")]
    [InlineData("cursor", """{ "mcpServers": [] }""", "")]
    public void Entries_of_ours_are_known_by_their_name_or_their_command(string name, string text, string expected)
    {
        var client = KnownClients.All.Single(known => known.Name == name);

        var entries = ConfiguredEntry.ReadAll(ConfigFormats.Read(client.Language, Encoding.UTF8.GetBytes(text)), client);

        string.Join('|', entries.Select(entry => $"{entry.Name}: {entry.Command} {string.Join(' ', entry.Arguments)} {string.Join(' ', entry.Environment.Select(variable => $"{variable.Key}={variable.Value}"))}"))
            .TrimEnd().ShouldBe(expected.TrimEnd());
    }

    [Theory]
    [InlineData("/opt/gptimage2-mcp", true)]
    [InlineData("${workspaceFolder}/gptimage2-mcp", false)]
    [InlineData("$HOME/gptimage2-mcp", false)]
    [InlineData("", false)]
    public void What_only_a_client_can_fill_in_is_not_tried(string command, bool complete) =>
        new ConfiguredEntry("gpt-image-2", command, [], new Dictionary<string, string>()).IsComplete.ShouldBe(complete);

    private static ConfiguredEntry Shell(string script) => new("gpt-image-2", "/bin/sh", ["-c", script], new Dictionary<string, string>());

    private static void SkipWithoutShell() => Assert.SkipWhen(OperatingSystem.IsWindows(), "It needs a shell that Windows has not.");
}
