using GptImage2.Testing.Hosts;

namespace GptImage2.Mcp.Tests.Tools.Arguments;

/// <summary>Texts for an image that lead to none.</summary>
public sealed class HostileImageToolArgumentTests(McpServerFixture server) : IClassFixture<McpServerFixture>
{
    [Theory]
    [InlineData("\"a\\u0000b\"")]
    [InlineData("\"file:///tmp/%00\"")]
    [InlineData("\"\"")]
    [InlineData("\"   \"")]
    [InlineData("\"/\"")]
    [InlineData("\"/proc/self/mem\"")]
    [InlineData("\"data:;base64,\"")]
    [InlineData("\"data:image/png;base64,AAAA\"")]
    [InlineData("\"data:image/png;base64,!\"")]
    [InlineData("\"img_x\\ncount: expected\"")]
    [InlineData("\"file://[bad\"")]
    public async Task An_image_that_is_none_is_blamed_in_one_line(string image)
    {
        var text = await RefusalAsync(image);

        text.ShouldContain("image: ");
        text.ShouldNotContain('\n');
        text.Length.ShouldBeLessThan(1_000);
    }

    [Fact]
    public async Task A_path_of_a_megabyte_is_no_file()
    {
        var text = await RefusalAsync($"\"{new string('a', 1_000_000)}\"");

        text.ShouldContain("image: there is no file");
        text.Length.ShouldBeLessThan(1_000);
    }

    private Task<string> RefusalAsync(string image) =>
        server.RefusalAsync("view_image", new Dictionary<string, JsonElement> { ["image"] = JsonElement.Parse(image) });
}
