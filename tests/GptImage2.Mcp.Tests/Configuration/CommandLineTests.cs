using GptImage2.Mcp.Configuration;

namespace GptImage2.Mcp.Tests.Configuration;

public sealed class CommandLineTests
{
    [Fact]
    public void Settings_are_told_from_commands_and_their_options()
    {
        var line = CommandLine.Split(["--storage:root", "/pictures", "try", "a fox", "--preset", "square", "--model=gpt-image-2.5-flare"]);

        line.Switches.ShouldBe(["--storage:root=/pictures", "--model=gpt-image-2.5-flare"]);
        line.Command.ShouldBe(["try", "a fox", "--preset", "square"]);
    }

    /// <summary>As a client fills in folders that its user has chosen.</summary>
    [Theory]
    [InlineData("--inputs:roots", "--inputs:roots", "")]
    [InlineData("--inputs:roots /one", "--inputs:roots=/one", "")]
    [InlineData("--inputs:roots /one /two /three", "--inputs:roots=/one:/two:/three", "")]
    [InlineData("--inputs:roots /one /two --model x", "--inputs:roots=/one:/two --model=x", "")]
    [InlineData("--inputs:roots /one try fox", "--inputs:roots=/one", "try fox")]
    [InlineData("--storage:root /one /two", "--storage:root=/one", "/two")]
    [InlineData("--jobs:waitseconds 5 /one", "--jobs:waitseconds=5", "/one")]
    public void Several_folders_may_stand_behind_one_setting(string line, string switches, string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows writes paths in another way.");
        var split = CommandLine.Split(line.Split(' '));

        (string.Join(' ', split.Switches), string.Join(' ', split.Command)).ShouldBe((switches, command));
    }

    [Fact]
    public void Nothing_at_all_means_serving() => CommandLine.Split([]).Command.ShouldBeEmpty();
}
