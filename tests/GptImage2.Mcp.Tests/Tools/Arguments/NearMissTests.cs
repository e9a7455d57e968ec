using GptImage2.Mcp.Tests.Tools.Arguments.Generators;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Seeds;

namespace GptImage2.Mcp.Tests.Tools.Arguments;

/// <summary>What real clients send instead of what the schema says: it does what was meant, or says what to write.</summary>
public sealed class NearMissTests(McpServerFixture server, ITestOutputHelper output) : IClassFixture<McpServerFixture>
{
    private const int Seed = 42;

    [Fact]
    public async Task Another_way_to_write_the_same_plans_the_same()
    {
        output.WriteLine($"Seed {Seed}");
        foreach (var (plain, written) in NearMissGenerator.GenerateImageCalls(new Random(Seed), GeneratedCases.Count(all: 450)))
        {
            var meant = await server.CallAsync("generate_image", plain);
            var done = await server.CallAsync("generate_image", written);

            meant.IsError.ShouldNotBe(true, McpServerFixture.Text(meant));
            JsonElement.DeepEquals(done.StructuredContent!.Value, meant.StructuredContent!.Value)
                .ShouldBeTrue($"{JsonSerializer.Serialize(written)}\n{McpServerFixture.Text(done)}\n{McpServerFixture.Text(meant)}");
        }
    }

    [Fact]
    public async Task Another_way_to_write_a_crop_shows_the_same()
    {
        foreach (var (plain, written) in NearMissGenerator.GenerateCrops(new Random(Seed), GeneratedCases.Count(all: 50)))
        {
            var meant = await server.CallAsync("view_image", plain);
            var done = await server.CallAsync("view_image", written);

            McpServerFixture.Text(meant).ShouldContain("Shown: the part");
            McpServerFixture.Text(done).ShouldBe(McpServerFixture.Text(meant), JsonSerializer.Serialize(written));
        }
    }

    [Theory]
    [InlineData("text", "\"fox\"", "expected the argument prompt")]
    [InlineData("negative_prompt", "\"cats\"", "Call: generate_image {\"prompt\":\"fox. The image shows none of this: cats.\"}")]
    [InlineData("style", "\"noir\"", "Call: generate_image {\"prompt\":\"fox. Style: noir.\"}")]
    [InlineData("seed", "7", "to be omitted (no seed exists")]
    [InlineData("count", "\" 2 \"", "a whole number from 1 to 10")]
    [InlineData("count", "[2]", "a whole number from 1 to 10")]
    [InlineData("resize_to", "\"large\"", "as in 1920x1080")]
    [InlineData("dry_run", "\"perhaps\"", "Call: generate_image {\"prompt\":\"fox\",\"dry_run\":true}")]
    public async Task What_cannot_be_guessed_is_reported(string name, string value, string told)
    {
        var result = await server.CallAsync("generate_image", new Dictionary<string, JsonElement> { ["prompt"] = JsonElement.Parse("\"fox\""), [name] = JsonElement.Parse(value) });

        result.IsError.ShouldBe(true);
        ReportedViolation.ParseAll(McpServerFixture.Text(result)).ShouldHaveSingleItem().Argument.ShouldBe(name);
        McpServerFixture.Text(result).ShouldContain(told);
    }

    [Theory]
    [InlineData("n", "2", "2 images of 1024x1024")]
    [InlineData("num_images", "\"2\"", "2 images of 1024x1024")]
    [InlineData("size", "\"1024x1024\"", "1 image of 1024x1024")]
    [InlineData("size", "\"1920x1080\"", "1 image of 2048x1152")]
    [InlineData("size", "\"portrait\"", "1 image of 1024x1536")]
    [InlineData("aspect_ratio", "\"16:9\"", "1 image of 2048x1152")]
    [InlineData("aspect_ratio", "\"21:9\"", "1 image of 1904x816")]
    [InlineData("aspect", "\"2:3\"", "1 image of 1024x1536")]
    [InlineData("aspectRatio", "\"1:1\"", "1 image of 1024x1024")]
    [InlineData("preset", "\"21:9\"", "1 image of 1904x816")]
    [InlineData("preset", "\"1920x1080\"", "Delivered at 1920x1080")]
    [InlineData("preset", "\"Square-Large\"", "1 image of 2048x2048")]
    [InlineData("preset", "\"4k\"", "1 image of 3840x2160")]
    [InlineData("resize_to", "[1920, 1080]", "Delivered at 1920x1080")]
    [InlineData("resize_to", "{\"width\": 1920, \"height\": \"1080\"}", "Delivered at 1920x1080")]
    [InlineData("resize_to", "\"1920 x 1080px\"", "Delivered at 1920x1080")]
    [InlineData("resize_to", "\"1920×1080\"", "Delivered at 1920x1080")]
    [InlineData("output_format", "\"jpg\"", "jpeg, by")]
    [InlineData("format", "\"JPG\"", "jpeg, by")]
    [InlineData("format", "\"image/webp\"", "webp, by")]
    [InlineData("Quality", "\"LOW\"", "quality low")]
    [InlineData("transparent", "true", "background transparent")]
    [InlineData("resize_to", "\"512\"", "Delivered at 512x512")]
    [InlineData("size", "\"2k\"", "1 image of 2048x2048")]
    [InlineData("preset", "\"banner\"", "1 image of 2160x720")]
    [InlineData("preset", "\"4k portrait\"", "1 image of 2160x3840")]
    [InlineData("count", "\"three\"", "3 images of")]
    [InlineData("cutout", "\"yes\"", "stands alone")]
    public async Task What_is_meant_is_done(string name, string value, string planned)
    {
        var result = await server.CallAsync("generate_image", new Dictionary<string, JsonElement> { ["prompt"] = JsonElement.Parse("\"fox\""), ["dryRun"] = JsonElement.Parse("true"), [name] = JsonElement.Parse(value) });

        result.IsError.ShouldNotBe(true, McpServerFixture.Text(result));
        McpServerFixture.Text(result).ShouldContain(planned);
    }
}
