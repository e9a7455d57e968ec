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

    [Fact]
    public void Nothing_at_all_means_serving() => CommandLine.Split([]).Command.ShouldBeEmpty();
}
