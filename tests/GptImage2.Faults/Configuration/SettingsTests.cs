using GptImage2.Testing.Mcp;
using GptImage2.Testing.Time;

namespace GptImage2.Faults.Configuration;

/// <summary>Where settings come from, and what happens when they are wrong.</summary>
public sealed class SettingsTests : IDisposable
{
    private const int WrongSettings = 2;

    private readonly TestFolders _folders = new();

    [Fact]
    public async Task That_are_wrong_stop_the_start_and_are_named_all_at_once()
    {
        (string, string)[] wrong =
        [
            ("GPTIMAGE2_STORAGE__ROOT", "relative/folder"), ("GPTIMAGE2_JOBS__WAITSECONDS", "soon"), ("GPTIMAGE2_RESULTS__MAXBYTES", "1"), ("GPTIMAGE2_BACKEND", "dalle"),
            ("GPTIMAGE2_SPENDING__PERCALLUSD", "lots"), ("GPTIMAGE2_RESULTS__RESOURCELINKS", "maybe"), ("OPENAI_BASE_URL", "ftp://example"), ("GPTIMAGE2_JOBS__WAITSECOND", "3"),
        ];

        var stderr = await RefusedAsync(wrong, []);

        foreach (var (variable, _) in wrong)
        {
            stderr.ShouldContain($"{variable}:");
        }

        stderr.ShouldContain("Nearest: GPTIMAGE2_JOBS__WAITSECONDS");
        _folders.ListAllFiles().Length.ShouldBe(3);
    }

    [Theory]
    [InlineData("--storag:root", "x", "--storage:root")]
    [InlineData("--openai:stream", "perhaps", "true or false")]
    [InlineData("--jobs:waitseconds", "-1", "from 0 to")]
    public async Task On_the_command_line_are_held_to_the_same(string name, string value, string expected) =>
        (await RefusedAsync([], [name, value])).ShouldContain(expected);

    [Theory]
    [InlineData("missing.json", null)]
    [InlineData("broken.json", "{ not json")]
    [InlineData("unknown.json", """{ "Storage": { "Rooot": "/tmp" } }""")]
    [InlineData("wrong.json", """{ "Jobs": { "WaitSeconds": "long" } }""")]
    public async Task In_a_file_are_held_to_the_same(string name, string? content)
    {
        var file = Write(name, content);

        (await RefusedAsync([("GPTIMAGE2_CONFIG", file)], [])).ShouldContain(content is null || name.StartsWith("broken") ? "GPTIMAGE2_CONFIG" : "GPTIMAGE2_");
    }

    [Theory]
    [InlineData(false, false, "file")]
    [InlineData(true, false, "variable")]
    [InlineData(true, true, "line")]
    public async Task In_a_file_yield_to_the_environment_and_that_to_the_command_line(bool variable, bool line, string expected)
    {
        string At(string name) => Path.Combine(_folders.Root, name);
        var file = Write("settings.json", $$"""{ "Storage": { "Root": "{{At("file").Replace("\\", "\\\\")}}" } }""");
        await using var server = ServerProcess.Start(
            _folders,
            [("GPTIMAGE2_CONFIG", file), ("GPTIMAGE2_STORAGE__ROOT", variable ? At("variable") : null!)],
            line ? ["--storage:root", At("line")] : []);
        await server.InitializeAsync();

        await server.CallAsync("list_images", []);

        File.Exists(Path.Combine(At(expected), "catalog.db")).ShouldBeTrue(string.Join('\n', _folders.ListAllFiles()));
    }

    [Fact]
    public async Task May_stand_among_names_that_differ_only_in_case()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There such names are one.");
        await using var server = ServerProcess.Start(_folders, [("http_proxy", "http://127.0.0.1:9"), ("HTTP_PROXY", "http://127.0.0.1:9")]);

        (await server.InitializeAsync()).Text.ShouldContain("result");
    }

    public void Dispose() => _folders.Dispose();

    private string Write(string name, string? content)
    {
        var file = Path.Combine(_folders.Root, name);
        if (content is not null)
        {
            File.WriteAllText(file, content);
        }

        return file;
    }

    private async Task<string> RefusedAsync((string, string)[] environment, string[] arguments)
    {
        await using var server = ServerProcess.Start(_folders, environment, arguments);

        (await server.ExitAsync(TestTimeouts.Safety)).ShouldBe(WrongSettings, server.Stderr);
        server.Lines.ShouldBeEmpty();
        return server.Stderr;
    }
}
