using GptImage2.Imaging.Drawing;
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

        command.Lines.ShouldContain(line => line.Text.Contains("--quality <auto|low|medium|high|xhigh|max>", StringComparison.Ordinal));
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
