using GptImage2.Imaging.Drawing;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;

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

    /// <summary>What a person types who has never read the help.</summary>
    [Fact]
    public async Task Try_takes_a_prompt_without_quotes_and_what_an_agent_may_say()
    {
        await using var command = ServerProcess.Start(_folders, arguments: ["try", "a", "red", "fox", "--resize-to", "640x480", "--format", "webp", "--count", "2"]);

        (await command.ExitAsync()).ShouldBe(0, command.Stderr);

        string[] files = [.. command.Lines.Where(line => line.Text.StartsWith("file  ", StringComparison.Ordinal)).Select(line => line.Text[6..])];
        files.Length.ShouldBe(2);
        files.ShouldAllBe(path => File.Exists(path) && Regex.IsMatch(Path.GetFileName(path), "-a-red-fox-[a-z0-9]+[.]webp$"));
        command.Lines.Count(line => line.Text.StartsWith("size  640x480 webp", StringComparison.Ordinal)).ShouldBe(2);
        command.Lines.ShouldNotContain(line => line.Text.Contains('\e'), "this is no terminal");
    }

    /// <summary>Else it would be a part of the prompt, and drawn, and billed.</summary>
    [Fact]
    public async Task Try_draws_nothing_for_an_option_that_there_is_not()
    {
        await using var command = ServerProcess.Start(_folders, arguments: ["try", "a red fox", "--qualiti", "high"]);

        (await command.ExitAsync()).ShouldBe(1);

        command.Stderr.ShouldContain("There is no option --qualiti. Nearest: --quality.");
        _folders.ListImages().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("There is no option -q. Nearest: --quality.", "fox", "-q", "low")]
    [InlineData("There is no option --size. Nearest: --preset or --resize-to.", "fox", "--size", "512x512")]
    [InlineData("There is no option --bogus. A prompt that begins so", "--bogus", "fox")]
    public async Task Try_draws_no_word_that_begins_with_a_dash(string told, params string[] words)
    {
        await using var command = ServerProcess.Start(_folders, arguments: ["try", .. words]);

        (await command.ExitAsync()).ShouldBe(1);

        command.Stderr.ShouldContain(told);
        _folders.ListImages().ShouldBeEmpty();
    }

    [Fact]
    public async Task Try_takes_what_follows_two_dashes_as_the_prompt()
    {
        await using var command = ServerProcess.Start(_folders, arguments: ["try", "--format", "png", "--", "--a", "--help", "--jobs:waitseconds", "fox"]);

        (await command.ExitAsync()).ShouldBe(0, command.Stderr);

        Path.GetFileName(_folders.ListImages().ShouldHaveSingleItem()).ShouldContain("a-help-jobs-waitseconds-fox");
    }

    /// <summary>Who types it stands in their own folder, the home folder too.</summary>
    [Fact]
    public async Task Try_writes_a_copy_into_the_folder_that_it_is_called_in()
    {
        await using var command = ServerProcess.Start(_folders, arguments: ["try", "fox", "--save-to", "fox.png"], workingFolder: _folders.Home);

        (await command.ExitAsync()).ShouldBe(0, string.Join('\n', command.Lines.Select(line => line.Text)));

        File.Exists(Path.Combine(_folders.Home, "fox.png")).ShouldBeTrue();
    }

    [Fact]
    public async Task Try_says_the_form_of_a_size()
    {
        await using var command = ServerProcess.Start(_folders, arguments: ["try", "fox", "--resize-to", "50"]);

        (await command.ExitAsync()).ShouldBe(1, command.Stderr);

        command.Lines.ShouldContain(line => line.Text.Contains("--resize-to: expected WIDTHxHEIGHT in pixels, as in 1920x1080 but received \"50\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_placeholder_is_no_key()
    {
        await using var command = ServerProcess.Start(_folders, [("OPENAI_API_KEY", "sk-…")], ["try", "fox"]);

        (await command.ExitAsync()).ShouldBe(0, command.Stderr);

        command.Lines.ShouldContain(line => line.Text.Contains("SKETCH, not a real image: OPENAI_API_KEY still holds the placeholder sk-…: put your key there.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_not_sent_costs_nothing_and_nobody_is_told_to_restart_a_server()
    {
        await using var command = ServerProcess.Start(_folders, [("OPENAI_API_KEY", "sk-0123456789"), ("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")], ["try", "fox"]);

        (await command.ExitAsync()).ShouldBe(1, command.Stderr);

        command.Lines.ShouldContain(line => line.Text == "cost  $0");
        command.Lines.ShouldNotContain(line => line.Text.Contains("this server", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_that_is_refused_costs_nothing_either()
    {
        await using var service = await StrictOpenAI.StartAsync();
        await using var command = ServerProcess.Start(_folders, [("OPENAI_API_KEY", "sk-wrong-0123456789"), ("OPENAI_BASE_URL", service.BaseUrl.ToString())], ["try", "fox"]);

        (await command.ExitAsync()).ShouldBe(1, command.Stderr);

        command.Lines.ShouldContain(line => line.Text == "cost  $0");
        command.Lines.ShouldContain(line => line.Text.Contains("does not accept the API key", StringComparison.Ordinal) && line.Text.Contains("call again", StringComparison.Ordinal));
        command.Lines.ShouldNotContain(line => line.Text.Contains("restart", StringComparison.Ordinal));
    }

    /// <summary>As wide as a phone the clock would be broken in two; where nothing can be taken back nothing is shown that must be.</summary>
    [Theory]
    [InlineData("stty cols 40", true)]
    [InlineData("stty cols 100; export TERM=dumb", false)]
    public async Task Progress_fits_its_terminal(string terminal, bool isShown)
    {
        const string Script = "/usr/bin/script";
        Assert.SkipWhen(!File.Exists(Script), "It needs script (util-linux), which gives a program a terminal.");
        await using var command = ServerProcess.Start(
            _folders, [("GPTIMAGE2_SKETCH__DELAYSECONDS", "1"), ("TERM", "xterm")], ["-qec", $"{terminal}; '{TestedExecutable.Path}' try fox --picture off", "/dev/null"], executable: Script);

        (await command.ExitAsync()).ShouldBe(0, command.Stderr);

        var said = string.Join('\n', command.Lines.Select(line => line.Text));
        said.Contains("drawing", StringComparison.Ordinal).ShouldBe(isShown, said);
        said.ShouldNotContain("00:0");
        said.ShouldContain("file  ");
    }

    [Theory]
    [InlineData("--version", "version")]
    [InlineData("--version", "-v")]
    [InlineData("--help", "help")]
    public async Task Words_do_what_the_options_do(string option, string word)
    {
        await using var asked = ServerProcess.Start(_folders, arguments: [option]);
        await using var typed = ServerProcess.Start(_folders, arguments: [word]);

        (await asked.ExitAsync(), await typed.ExitAsync()).ShouldBe((0, 0), typed.Stderr);

        typed.Lines.Select(line => line.Text).ShouldBe(asked.Lines.Select(line => line.Text));
    }

    [Fact]
    public async Task A_server_in_a_terminal_says_what_it_waits_for()
    {
        const string Script = "/usr/bin/script";
        Assert.SkipWhen(!File.Exists(Script), "It needs script (util-linux), which gives a program a terminal.");
        await using var terminal = ServerProcess.Start(_folders, arguments: ["-qec", TestedExecutable.Path, "/dev/null"], executable: Script);

        await terminal.FirstAsync(line => line.Text.Contains("waits for an MCP client", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(">/dev/full")]
    [InlineData(">&-")]
    public async Task An_output_that_takes_nothing_is_said_in_one_line(string redirection)
    {
        Assert.SkipWhen(!File.Exists("/dev/full"), "It needs /dev/full.");
        await using var command = ServerProcess.Start(_folders, arguments: ["-c", $"'{TestedExecutable.Path}' --version {redirection}"], executable: "/bin/sh");

        (await command.ExitAsync()).ShouldBe(1);

        command.Stderr.Trim().ShouldStartWith("The output cannot be written");
        command.Stderr.Trim().Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_dry_run_speaks_as_one_types()
    {
        await using var command = ServerProcess.Start(_folders, arguments: ["try", "--dry-run", "a red fox"]);

        (await command.ExitAsync()).ShouldBe(0, command.Stderr);

        var said = string.Join('\n', command.Lines.Select(line => line.Text));
        said.ShouldContain("The same without --dry-run makes it.");
        said.ShouldContain("It would be a SKETCH: OPENAI_API_KEY is not set.");
        said.ShouldNotContain("not a real image");
        said.ShouldNotContain("dry_run");
    }

    [Theory]
    [InlineData("kitty", "\e_Ga=T,f=100")]
    [InlineData("iterm2", "\e]1337;File=inline=1")]
    [InlineData("sixel", "\eP0;1;0q")]
    public async Task Try_shows_the_picture_where_it_is_told_how(string picture, string start)
    {
        await using var command = ServerProcess.Start(_folders, arguments: ["try", "a red fox", "--picture", picture]);

        (await command.ExitAsync()).ShouldBe(0, command.Stderr);

        command.Lines[0].Text.ShouldStartWith(start);
        command.Lines.ShouldContain(line => line.Text.StartsWith("file  ", StringComparison.Ordinal));
    }

    /// <summary>All that a report of a fault needs, and a first line for scripts.</summary>
    [Fact]
    public async Task The_version_tells_commit_libvips_and_runtime()
    {
        await using var command = ServerProcess.Start(_folders, arguments: ["--version"]);

        (await command.ExitAsync()).ShouldBe(0, command.Stderr);

        string[] lines = [.. command.Lines.Select(line => line.Text)];
        lines.Length.ShouldBe(4);
        lines[0].ShouldMatch(@"^\d+\.\d+\.\d+");
        lines[1].ShouldMatch("^commit   ([0-9a-f]{40}|unknown: not built from a repository)$");
        lines[2].ShouldMatch(@"^libvips  8\.\d+\.\d+$");
        lines[3].ShouldMatch(@"^runtime  \.NET 10\.\S+, (native code|compiled as it runs), \S+$");
    }

    /// <summary>A folder that is a file, for all that can be typed about it.</summary>
    [Theory]
    [InlineData("try", "a red fox")]
    [InlineData("try", "--dry-run", "a red fox")]
    [InlineData("doctor")]
    [InlineData("model", "list")]
    [InlineData("config")]
    public async Task No_command_ends_in_a_stack_trace(params string[] arguments)
    {
        var file = Path.Combine(_folders.Work, "file");
        await File.WriteAllTextAsync(file, "no folder", TestContext.Current.CancellationToken);
        await using var command = ServerProcess.Start(_folders, [("GPTIMAGE2_STORAGE__ROOT", file)], arguments);

        (await command.ExitAsync()).ShouldBeInRange(0, 1);

        var said = string.Join('\n', command.Lines.Select(line => line.Text)) + command.Stderr;
        said.ShouldNotBeNullOrWhiteSpace();
        said.ShouldNotMatch(@"(?m)^\s+at [\w.]+\(");
        said.ShouldNotContain("Unhandled");
    }

    [Fact]
    public async Task Try_says_what_it_would_do()
    {
        await using var command = ServerProcess.Start(_folders, arguments: ["try", "--dry-run", "a red fox"]);

        (await command.ExitAsync()).ShouldBe(0, command.Stderr);

        command.Lines.ShouldContain(line => line.Text.StartsWith("PLAN, nothing was sent: 1 image of 1024x1024", StringComparison.Ordinal));
        _folders.ListImages().ShouldBeEmpty();
    }

    /// <summary>The help has those of every model; which of them the one has that would draw is said where another is asked for.</summary>
    [Theory]
    [InlineData("low", true)]
    [InlineData("high", true)]
    [InlineData("xhigh", false)]
    [InlineData("max", false)]
    public async Task Try_takes_the_qualities_of_its_model(string quality, bool isOne)
    {
        await using var command = ServerProcess.Start(_folders, arguments: ["try", "a red fox", "--quality", quality]);

        (await command.ExitAsync()).ShouldBe(isOne ? 0 : 1, command.Stderr);

        (_folders.ListImages().Length, command.Lines.Any(line => line.Text.Contains($"quality: expected one of auto, low, medium, high but received \"{quality}\"", StringComparison.Ordinal)))
            .ShouldBe((isOne ? 1 : 0, !isOne), string.Join('\n', command.Lines.Select(line => line.Text)));
    }

    [Fact]
    public async Task The_help_of_try_names_each_quality_as_it_is_written()
    {
        await using var command = ServerProcess.Start(_folders, arguments: ["try", "--help"]);

        (await command.ExitAsync()).ShouldBe(0, command.Stderr);

        command.Lines.ShouldContain(line => line.Text.Contains("--quality <auto|low|medium|high>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Doctor_says_which_scripts_this_machine_cannot_draw()
    {
        await using var command = ServerProcess.Start(_folders, arguments: ["doctor"]);

        (await command.ExitAsync()).ShouldBe(0, command.Stderr);

        var missing = string.Join(", ", FontCoverage.FindMissingScripts());
        command.Lines.Where(line => line.Text.Length > 6 && line.Text[6..].StartsWith("fonts     ", StringComparison.Ordinal)).ShouldHaveSingleItem().Text.ShouldBe(missing is ""
            ? "ok    fonts     captions can be drawn in all scripts that were tried"
            : $"note  fonts     captions of boards and sketches in {missing} show a note instead of the words until a font for them is installed");
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
