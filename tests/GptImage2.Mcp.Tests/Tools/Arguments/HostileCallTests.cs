using GptImage2.Testing.Hosts;

namespace GptImage2.Mcp.Tests.Tools.Arguments;

/// <summary>Calls that nobody makes by mistake. The server explains, stays short, and serves the next one.</summary>
public sealed class HostileCallTests(McpServerFixture server) : IClassFixture<McpServerFixture>
{
    [Fact]
    public async Task A_thousand_unknown_names_get_a_short_answer()
    {
        var names = Enumerable.Range(0, 1_000).Select(n => KeyValuePair.Create($"unknown_{n}", JsonElement.Parse("1")));

        var text = await server.RefusalAsync("list_presets", names);

        text.Length.ShouldBeLessThan(10_000);
        text.ShouldContain("And 970 more.\nCall: list_presets {}");
    }

    [Fact]
    public async Task A_name_of_a_megabyte_is_not_repeated()
    {
        var text = await server.RefusalAsync("generate_image", Argument(new string('n', 1_000_000), "1"));

        text.Length.ShouldBeLessThan(1_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a b")]
    [InlineData("line\ncount: expected 1 to 10 but received 11.")]
    public async Task A_name_that_is_no_word_is_quoted(string name)
    {
        var text = await server.RefusalAsync("list_presets", Argument(name, "1"));

        text.ShouldStartWith(JsonSerializer.Serialize(name) + ": expected");
        text.Split('\n').Length.ShouldBe(2, "one line about it, and the call without it");
    }

    [Theory]
    [InlineData("list_images", "cursor")]
    [InlineData("generate_image", "resize_to")]
    [InlineData("generate_image", "save_to")]
    [InlineData("list_presets", "topic")]
    public async Task A_value_of_a_megabyte_is_not_repeated(string tool, string argument)
    {
        var text = await server.RefusalAsync(tool, Argument(argument, $"\"{new string('v', 1_000_000)}\""));

        text.Length.ShouldBeLessThan(1_000);
        text.ShouldContain(argument + ": expected");
    }

    private static Dictionary<string, JsonElement> Argument(string name, string json) => new() { [name] = JsonElement.Parse(json) };
}
