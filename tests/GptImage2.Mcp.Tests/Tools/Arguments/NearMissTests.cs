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
    [InlineData("n", "2", "the name count instead")]
    [InlineData("num_images", "2", "the name count instead")]
    [InlineData("size", "\"1024x1024\"", "the name preset or resize_to instead")]
    [InlineData("aspect_ratio", "\"16:9\"", "the name preset instead")]
    [InlineData("output_format", "\"png\"", "the name format instead")]
    [InlineData("output_path", "\"fox.png\"", "the name save_to instead")]
    [InlineData("dryRun", "true", "the name dry_run instead")]
    [InlineData("text", "\"fox\"", "the name prompt instead")]
    [InlineData("transparent", "true", "the name background instead")]
    [InlineData("negative_prompt", "\"cats\"", "to be omitted: say in prompt what must not appear")]
    [InlineData("seed", "7", "to be omitted: no seed exists")]
    [InlineData("Quality", "\"low\"", "Nearest legal: quality.")]
    [InlineData("saveTo", "\"fox.png\"", "Nearest legal: save_to.")]
    [InlineData("quality", "\"HIGH\"", "Nearest legal: high.")]
    [InlineData("format", "\"JPG\"", "Nearest legal: jpeg.")]
    [InlineData("preset", "\"Square-Large\"", "Nearest legal: square_large.")]
    [InlineData("background", "\"Transparent\"", "Nearest legal: transparent.")]
    [InlineData("count", "\" 2 \"", "a whole number from 1 to 10")]
    [InlineData("count", "[2]", "a whole number from 1 to 10")]
    [InlineData("resize_to", "\"1920×1080\"", "as in 1920x1080")]
    [InlineData("dry_run", "\"yes\"", "true or false")]
    public async Task What_cannot_be_guessed_is_reported(string name, string value, string told)
    {
        var result = await server.CallAsync("generate_image", new Dictionary<string, JsonElement> { ["prompt"] = JsonElement.Parse("\"fox\""), [name] = JsonElement.Parse(value) });

        result.IsError.ShouldBe(true);
        var complaint = ReportedViolation.ParseAll(McpServerFixture.Text(result)).ShouldHaveSingleItem();
        complaint.Argument.ShouldBe(name);
        McpServerFixture.Text(result).ShouldContain(told);
    }
}
