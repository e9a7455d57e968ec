using GptImage2.Mcp.Terminal.Pictures;

namespace GptImage2.Mcp.Tests.Terminal.Pictures;

/// <summary>What terminals say of themselves, and what is taken from it.</summary>
public sealed class PictureProtocolsTests
{
    [Theory]
    [InlineData("TERM_PROGRAM=iTerm.app TERM=xterm-256color", "ITerm2")]
    [InlineData("TERM_PROGRAM=WezTerm", "ITerm2")]
    [InlineData("LC_TERMINAL=iTerm2 TERM=xterm-256color", "ITerm2")]
    [InlineData("TERM=xterm-kitty", "Kitty")]
    [InlineData("TERM_PROGRAM=ghostty TERM=xterm-ghostty", "Kitty")]
    [InlineData("KITTY_WINDOW_ID=1 TERM=xterm-256color", "Kitty")]
    [InlineData("TERM=foot", "Sixel")]
    [InlineData("TERM=mlterm-256color", "Sixel")]
    [InlineData("TERM=xterm-256color", "Off")]
    [InlineData("TERM=dumb TERM_PROGRAM=Apple_Terminal", "Off")]
    [InlineData("", "Off")]
    [InlineData("TERM=screen-256color TERM_PROGRAM=iTerm.app TMUX=/tmp/tmux-1/default", "Off")]
    public void A_terminal_is_known_by_its_variables(string variables, string protocol)
    {
        var environment = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);

        PictureProtocols.Detect(environment.GetValueOrDefault).ToString().ShouldBe(protocol);
    }
}
