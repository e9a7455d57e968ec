using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;

namespace GptImage2.Faults.Lifecycle;

/// <summary>What doctor finds, by the real executable: each finding that is wrong comes with what mends it, and the exit code says whether there is one.</summary>
public sealed class DoctorTests : IDisposable
{
    private const string WrongKey = "sk-wrong-0123456789abcdef";

    private readonly TestFolders _folders = new();

    private string CursorFile => Path.Combine(_folders.Home, ".cursor", "mcp.json");

    public void Dispose() => _folders.Dispose();

    [Fact]
    public async Task A_key_that_is_accepted_costs_one_free_question()
    {
        await using var service = await StrictOpenAI.StartAsync();

        var (code, output) = await RunAsync([("OPENAI_API_KEY", service.ApiKey), ("OPENAI_BASE_URL", service.BaseUrl.ToString())]);

        code.ShouldBe(0, output);
        output.ShouldContain("ok    backend   openai with gpt-image-2: 127.0.0.1 responds, and the key may use the model\n");
        output.ShouldContain("note  account   whether OpenAI has verified the organisation for gpt-image-2 cannot be told");
        service.Requests.ShouldHaveSingleItem().Method.ShouldBe("GET");
        output.ShouldNotContain(service.ApiKey);
    }

    [Fact]
    public async Task A_key_that_is_refused_must_be_mended()
    {
        await using var service = await StrictOpenAI.StartAsync();

        var (code, output) = await RunAsync([("OPENAI_API_KEY", WrongKey), ("OPENAI_BASE_URL", service.BaseUrl.ToString())]);

        code.ShouldBe(1, output);
        output.ShouldMatch(@"WRONG backend   The key was refused \(401\)\..*\n +-> .*OPENAI_API_KEY.*https://platform\.openai\.com/api-keys\n");
        output.ShouldEndWith("findings must be mended; the lines above say how.");
        output.ShouldNotContain(WrongKey);
    }

    [Fact]
    public async Task A_service_that_cannot_be_reached_is_told_from_a_wrong_key()
    {
        var (code, output) = await RunAsync([("OPENAI_API_KEY", WrongKey), ("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")]);

        code.ShouldBe(1, output);
        output.ShouldMatch(@"WRONG backend   127\.0\.0\.1:1 cannot be reached.*\n +-> Call doctor again once the network works\.");
        output.ShouldNotContain("api-keys");
    }

    [Fact]
    public async Task Without_a_key_all_is_well_and_said()
    {
        var (code, output) = await RunAsync([]);

        code.ShouldBe(0, output);
        output.ShouldMatch(@"note  key       no key is set here.*\n +-> .*OPENAI_API_KEY.*\n");
        output.ShouldMatch(@"ok    codecs    PNG, JPEG and WebP are read and written");
        output.ShouldMatch(@"(ok   |note ) space     [0-9.]+ GB are free for ");
        output.ShouldContain("note  clients   no client of this user starts this server\n                -> gptimage2-mcp config\n");
        output.ShouldMatch(@"\nNo errors; \d notes\.\z");
    }

    [Fact]
    public async Task A_store_that_is_no_folder_must_be_mended()
    {
        File.WriteAllText(_folders.Store, "");

        var (code, output) = await RunAsync([]);

        code.ShouldBe(1, output);
        output.ShouldMatch(@"WRONG images    .*\n +-> .*GPTIMAGE2_STORAGE__ROOT.*[/\\]gpt-image-2");
        output.ShouldNotContain(" space ");
        output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task An_entry_of_a_client_that_starts_is_well()
    {
        PutCursor(TestedExecutable.Path, [], ("DOTNET_ROOT", Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."))));

        var (code, output) = await RunAsync([]);

        code.ShouldBe(0, output);
        output.ShouldContain($"ok    cursor    gpt-image-2 in {CursorFile} starts and answers\n");
        output.ShouldNotContain("note  clients");
    }

    [Fact]
    public async Task An_entry_that_does_not_start_is_mended_by_one_command()
    {
        PutCursor(Path.Combine(_folders.Root, "gone", "gptimage2-mcp"), []);

        var (code, output) = await RunAsync([]);

        code.ShouldBe(1, output);
        output.ShouldMatch($@"WRONG cursor    gpt-image-2 in {Regex.Escape(CursorFile)} does not start: .*cannot be started.*\n +-> gptimage2-mcp config cursor --write\n");
    }

    [Fact]
    public async Task An_entry_whose_settings_are_wrong_says_so_in_the_servers_words()
    {
        PutCursor(TestedExecutable.Path, [], ("DOTNET_ROOT", Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."))), ("GPTIMAGE2_MODLE", "x"));

        var (code, output) = await RunAsync([]);

        code.ShouldBe(1, output);
        output.ShouldMatch(@"WRONG cursor    .* does not start: it ends with exit code 2: gptimage2-mcp cannot start: GPTIMAGE2_MODLE: there is no such setting");
    }

    [Fact]
    public async Task A_placeholder_is_no_key()
    {
        PutCursor(TestedExecutable.Path, [], ("DOTNET_ROOT", Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."))), ("OPENAI_API_KEY", "sk-…"));

        var (code, output) = await RunAsync([("OPENAI_API_KEY", "sk-…")]);

        code.ShouldBe(0, output);
        output.ShouldContain("note  key       OPENAI_API_KEY still holds a placeholder here, so this shell's images are labelled sketches");
        output.ShouldContain("ok    backend   sketch with gpt-image-2: OPENAI_API_KEY still holds the placeholder sk-…: put your key there\n");
        output.ShouldContain($"note  cursor    gpt-image-2 in {CursorFile} starts and answers, and draws sketches: sk-… still stands where your key belongs\n                -> Put your key in place of sk-… in {CursorFile}\n");
    }

    /// <summary>What works only with this shell's variables would not work in the client.</summary>
    [Fact]
    public async Task Nothing_of_this_shells_settings_reaches_an_entry()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("It needs a shell that Windows has not.");
        }

        var seen = Path.Combine(_folders.Root, "seen");
        PutCursor("/bin/sh", ["-c", $"env > '{seen}'; exit 3"], ("MINE", "yes"));

        var (_, output) = await RunAsync([("OPENAI_BASE_URL", "http://127.0.0.1:1/v1"), ("OPENAI_API_KEY", WrongKey)]);

        output.ShouldContain("does not start: it ends with exit code 3.\n");
        var variables = File.ReadAllLines(seen);
        variables.ShouldContain("MINE=yes");
        variables.ShouldContain($"HOME={_folders.Home}");
        variables.ShouldNotContain(variable => variable.StartsWith("OPENAI_", StringComparison.Ordinal) || variable.StartsWith("GPTIMAGE2_", StringComparison.Ordinal) || variable.StartsWith("DOTNET_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_broken_file_of_a_client_is_found_and_the_others_are_looked_at()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(CursorFile)!);
        File.WriteAllText(CursorFile, "{\n  \"mcpServers\": {\n");
        Directory.CreateDirectory(Path.Combine(_folders.Home, ".codex"));
        File.WriteAllText(Path.Combine(_folders.Home, ".codex", "config.toml"), "model = \"x\"\n");

        var (code, output) = await RunAsync([]);

        code.ShouldBe(1, output);
        output.ShouldContain($"WRONG cursor    {CursorFile} is not JSON: line 3, column 1\n");
        output.ShouldContain("note  clients   Codex could start this server and does not\n                -> gptimage2-mcp config codex --write\n");
    }

    [Fact]
    public async Task Scripts_get_JSON()
    {
        File.WriteAllText(_folders.Store, "");

        var (code, output) = await RunAsync([], "--json");

        code.ShouldBe(1, output);
        var report = JsonNode.Parse(output)!;
        report["ok"]!.GetValue<bool>().ShouldBeFalse();
        report["version"]!.GetValue<string>().ShouldNotBeEmpty();
        var images = report["findings"]!.AsArray().Single(finding => finding!["subject"]!.GetValue<string>() == "images")!;
        images["state"]!.GetValue<string>().ShouldBe("wrong");
        images["remedy"]!.GetValue<string>().ShouldContain("GPTIMAGE2_STORAGE__ROOT");
        report["findings"]!.AsArray().Select(finding => finding!["state"]!.GetValue<string>()).Distinct().ShouldBeSubsetOf(["ok", "note", "wrong"]);
    }

    [Fact]
    public async Task Wrong_settings_are_another_exit_code()
    {
        var (code, output) = await RunAsync([("GPTIMAGE2_MODLE", "x")]);

        (code, output).ShouldBe((2, ""));
    }

    [Fact]
    public async Task Wrong_settings_are_findings_for_a_script()
    {
        var (code, output) = await RunAsync([("GPTIMAGE2_MODLE", "x"), ("GPTIMAGE2_JOBS__WAITSECONDS", "soon")], "--json");

        code.ShouldBe(2, output);
        var report = JsonNode.Parse(output)!;
        report["ok"]!.GetValue<bool>().ShouldBeFalse();
        var findings = report["findings"]!.AsArray();
        findings.ShouldAllBe(finding => finding!["subject"]!.GetValue<string>() == "settings" && finding["state"]!.GetValue<string>() == "wrong");
        findings.Select(finding => finding!["text"]!.GetValue<string>().Split(':')[0]).ShouldBe(["GPTIMAGE2_JOBS__WAITSECONDS", "GPTIMAGE2_MODLE"], ignoreOrder: true);
    }

    /// <summary>The longest name sets the column.</summary>
    [Fact]
    public async Task Findings_stand_in_columns_whatever_the_clients_are_called()
    {
        var file = Path.Combine(_folders.Home, ".config", "Claude", "claude_desktop_config.json");
        Assert.SkipWhen(!OperatingSystem.IsLinux(), "The file is elsewhere.");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, """{ "mcpServers": { "gpt-image-2": { "command": "/gone/gptimage2-mcp" } } }""");

        var (_, output) = await RunAsync([]);

        output.ShouldContain("ok    server         gptimage2-mcp ");
        output.ShouldContain("WRONG claude-desktop gpt-image-2 in ");
        output.ShouldContain("\n                     -> gptimage2-mcp config claude-desktop --write\n");
    }

    private void PutCursor(string command, string[] arguments, params (string Variable, string Value)[] environment)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(CursorFile)!);
        var entry = new JsonObject
        {
            ["command"] = command,
            ["args"] = new JsonArray([.. arguments.Select(argument => JsonValue.Create(argument))]),
            ["env"] = new JsonObject(environment.Select(variable => KeyValuePair.Create(variable.Variable, (JsonNode?)variable.Value))),
        };
        File.WriteAllText(CursorFile, new JsonObject { ["mcpServers"] = new JsonObject { ["gpt-image-2"] = entry } }.ToJsonString());
    }

    private async Task<(int Code, string Output)> RunAsync(IEnumerable<(string Variable, string Value)> environment, params string[] options)
    {
        await using var command = ServerProcess.Start(_folders, environment, ["doctor", .. options]);
        var code = await command.ExitAsync();
        return (code, string.Join('\n', command.Lines.Select(line => line.Text)));
    }
}
