using GptImage2.Backends.OpenAI.Models;
using GptImage2.Generation.Models;
using GptImage2.Imaging;

namespace GptImage2.Mcp.Tests.Tools.Arguments;

/// <summary>The table of tokens that OpenAI's calculator (image generation guide, 2026-09) gives.</summary>
public sealed class TokenTableTests
{
    [Theory]
    [InlineData("1024x1024", "196 1756 7024", "439 1756 3122 7024")]
    [InlineData("1536x1024", "158 1372 5488", "343 1372 2459 5488")]
    [InlineData("1024x1536", "158 1372 5488", "343 1372 2459 5488")]
    [InlineData("2048x2048", "397 3568 14272", "892 3568 6343 14272")]
    [InlineData("2048x1152", "157 1413 5650", "367 1413 2511 5650")]
    [InlineData("2560x1440", "205 1843 7370", "478 1843 3276 7370")]
    [InlineData("3840x2160", "371 3336 13342", "865 3336 5930 13342")]
    [InlineData("2160x3840", "371 3336 13342", "865 3336 5930 13342")]
    [InlineData("2880x2880", "659 5930 23719", "1483 5930 10542 23719")]
    [InlineData("1280x720", "106 947 3787", "246 947 1683 3787")]
    [InlineData("1440x480", "54 517 2067", "130 517 905 2067")]
    public void The_formula_gives_the_published_tokens(string size, string two, string twoAndAHalf)
    {
        Tokens("gpt-image-2", size, ImageQuality.Low, ImageQuality.Medium, ImageQuality.High).ShouldBe(two);
        Tokens("gpt-image-2.5-flare", size, ImageQuality.Medium, ImageQuality.High, ImageQuality.Xhigh, ImageQuality.Max).ShouldBe(twoAndAHalf);
    }

    private static string Tokens(string model, string size, params ImageQuality[] qualities)
    {
        var formula = OpenAIModels.Resolve(model).Tariff.ShouldBeOfType<Tariff.PerToken>().Formula.ShouldNotBeNull();
        return string.Join(' ', qualities.Select(quality => formula.OutputTokens(Dimensions.Parse(size), quality)));
    }
}
