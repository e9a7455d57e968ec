using GptImage2.Generation.Inputs.Sandbox;
using GptImage2.Mcp.Configuration;

namespace GptImage2.Mcp.Tests.Configuration;

public sealed class ServerConfigurationTests
{
    [Fact]
    public void Every_problem_is_listed_by_the_name_the_user_wrote()
    {
        var wrong = Should.Throw<InvalidSettingsException>(() => Load(
            ("GPTIMAGE2_JOBS__WAITSECONDS", "soon"),
            ("GPTIMAGE2_JOBS__CONCURRENCY", "65"),
            ("GPTIMAGE2_SPENDING__PERCALLUSD", "-1"),
            ("GPTIMAGE2_RESULTS__STRUCTURED", "sometimes"),
            ("GPTIMAGE2_STORAGE__ROOT", "pictures"),
            ("OPENAI_BASE_URL", "not an address"),
            ("GPTIMAGE2_SPENDING__PERCAL", "5")));

        wrong.Message.Split('\n').ShouldBe(
            [
                "GPTIMAGE2_JOBS__WAITSECONDS: expected a whole number from 0 to 3600 but received \"soon\".",
                "GPTIMAGE2_JOBS__CONCURRENCY: expected a whole number from 1 to 64 but received \"65\".",
                "GPTIMAGE2_SPENDING__PERCALLUSD: expected an amount of USD, as in 2.50, or none but received \"-1\".",
                "GPTIMAGE2_RESULTS__STRUCTURED: expected one of auto, always, never but received \"sometimes\".",
                "GPTIMAGE2_STORAGE__ROOT: expected an absolute path but received \"pictures\".",
                "OPENAI_BASE_URL: expected an http or https address but received \"not an address\".",
                "GPTIMAGE2_SPENDING__PERCAL: there is no such setting. Nearest: GPTIMAGE2_SPENDING__PERCALLUSD (on the command line --spending:percallusd).",
            ],
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("GPTIMAGE2_BOGUS", "docs/settings.md has all there are.")]
    [InlineData("GPTIMAGE2_WAITSECONDS", "Nearest: GPTIMAGE2_JOBS__WAITSECONDS (on the command line --jobs:waitseconds).")]
    public void An_unknown_name_is_answered_with_what_may_have_been_meant_and_nothing_else(string variable, string told) =>
        Should.Throw<InvalidSettingsException>(() => Load((variable, "1"))).Message.ShouldBe($"{variable}: there is no such setting. {told}");

    [Theory]
    [InlineData("sk-…", true)]
    [InlineData(" sk-... ", true)]
    [InlineData("${env:OPENAI_API_KEY}", true)]
    [InlineData("$OPENAI_API_KEY", true)]
    [InlineData("sk-proj-0123", false)]
    public void A_placeholder_is_no_key(string written, bool isPlaceholder)
    {
        var backends = Load(("OPENAI_API_KEY", written)).Backends;

        (backends.OpenAI is null).ShouldBe(isPlaceholder);
        backends.Sketch.Reason.ShouldBe(isPlaceholder ? $"OPENAI_API_KEY still holds the placeholder {written.Trim()}: put your key there" : null);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("none", null)]
    [InlineData("2.50", 2.5)]
    [InlineData("0", 0.0)]
    public void The_cap_of_each_caller_is_none_unless_it_is_set(string? written, double? cap)
    {
        var settings = written is null ? Load() : Load(("GPTIMAGE2_SPENDING__DAILYUSDPERCALLER", written));

        settings.Spending.DailyUsdPerCaller.ShouldBe((decimal?)cap);
        settings.Spending.DailyUsd.ShouldBe(10);
    }

    [Fact]
    public void A_retired_model_stops_the_start_with_its_replacement() =>
        Should.Throw<InvalidSettingsException>(() => Load(("GPTIMAGE2_MODEL", "dall-e-3"))).Message.ShouldContain("gpt-image-2.6-sunburst");

    [Fact]
    public void A_backend_without_its_key_stops_the_start() =>
        Should.Throw<InvalidSettingsException>(() => Load(("GPTIMAGE2_BACKEND", "openai"))).Message.ShouldContain("OPENAI_API_KEY");

    [Fact]
    public void The_command_line_wins_over_the_environment_and_that_over_the_file()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, """{ "Jobs": { "WaitSeconds": 1, "DrainSeconds": 1 }, "Results": { "MaxBytes": 100000 } }""");

        var settings = ServerConfiguration.Load(
            new Dictionary<string, string> { ["GPTIMAGE2_CONFIG"] = file, ["GPTIMAGE2_JOBS__WAITSECONDS"] = "2", ["GPTIMAGE2_JOBS__DRAINSECONDS"] = "2" },
            ["--jobs:waitseconds=3"],
            TimeProvider.System);

        settings.Jobs.Wait.ShouldBe(TimeSpan.FromSeconds(3));
        settings.Jobs.Drain.ShouldBe(TimeSpan.FromSeconds(2));
        settings.Results.MaxBytes.ShouldBe(100_000);
        File.Delete(file);
    }

    [Theory]
    [InlineData("settings.json")]
    [InlineData("/nowhere/settings.json")]
    public void A_settings_file_that_is_not_there_is_an_error(string file) =>
        Should.Throw<InvalidSettingsException>(() => Load(("GPTIMAGE2_CONFIG", file))).Message.ShouldContain("GPTIMAGE2_CONFIG: expected the absolute path");

    [Theory]
    [InlineData("/", false)]
    [InlineData("/usr/lib", false)]
    [InlineData("/etc", false)]
    [InlineData("/srv/project", true)]
    public void Only_a_working_directory_that_somebody_chose_is_open_to_an_agent(string folder, bool trusted) =>
        KnownFolders.IsTrustedWorkingFolder(folder).ShouldBe(trusted);

    [Fact]
    public void The_home_folder_and_what_holds_it_are_not_open_to_an_agent()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

        KnownFolders.IsTrustedWorkingFolder(home).ShouldBeFalse();
        KnownFolders.IsTrustedWorkingFolder(Path.GetDirectoryName(home)!).ShouldBeFalse();
        KnownFolders.IsTrustedWorkingFolder(Path.Combine(home, "project")).ShouldBeTrue();
    }

    private static ServerSettings Load(params (string Variable, string Value)[] environment) =>
        ServerConfiguration.Load(environment.ToDictionary(pair => pair.Variable, pair => pair.Value), [], TimeProvider.System);
}
