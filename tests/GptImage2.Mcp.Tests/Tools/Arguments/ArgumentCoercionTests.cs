using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Tests.Tools.Arguments;

/// <summary>Lists, which no tool takes yet, and numbers that no program holds.</summary>
public sealed class ArgumentCoercionTests
{
    private static readonly JsonElement Schema = JsonElement.Parse(
        """
        {"type": "object", "properties": {
          "names": {"type": "array", "items": {"type": "string"}},
          "points": {"type": "array", "items": {"type": "object", "properties": {"x": {"type": "integer", "minimum": 0}}, "required": ["x"]}},
          "seconds": {"type": "integer"}
        }}
        """);

    [Theory]
    [InlineData("""{"names": "fox"}""", """{"names": ["fox"]}""")]
    [InlineData("""{"names": "[\"fox\", \"owl\"]"}""", """{"names": ["fox", "owl"]}""")]
    [InlineData("""{"names": "[fox"}""", """{"names": ["[fox"]}""")]
    [InlineData("""{"points": {"x": "2"}}""", """{"points": [{"x": 2}]}""")]
    [InlineData("""{"points": "{\"x\": 2.0}"}""", """{"points": [{"x": 2}]}""")]
    [InlineData("""{"points": "[{\"x\": \"2\"}]"}""", """{"points": [{"x": 2}]}""")]
    [InlineData("""{"points": null, "names": []}""", """{"names": []}""")]
    public void What_can_only_mean_one_thing_is_read_so(string written, string meant)
    {
        var read = Check(written);

        read.Violations.ShouldBeEmpty();
        JsonElement.DeepEquals(JsonElement.Parse(read.Json.Span), JsonElement.Parse(meant)).ShouldBeTrue(Encoding.UTF8.GetString(read.Json.Span));
    }

    [Theory]
    [InlineData("""{"names": [1, "fox", null]}""", "names[0], names[2]")]
    [InlineData("""{"points": [{"x": 1}, {}, {"x": -1}, {"y": 1}, 5]}""", "points[1].x, points[2].x, points[3].y, points[3].x, points[4]")]
    [InlineData("""{"points": "[{\"x\": "}""", "points")]
    public void Each_wrong_item_is_blamed_by_its_place(string written, string blamed) =>
        string.Join(", ", Check(written).Violations.Select(violation => violation.Argument)).ShouldBe(blamed);

    [Theory]
    [InlineData("1e308", "2147483647")]
    [InlineData("-1e999", "-2147483648")]
    [InlineData("2.5", "2")]
    [InlineData("1e-400", null)]
    public void A_number_that_no_program_holds_has_a_nearest_one(string seconds, string? nearest) =>
        Check($$"""{"seconds": {{seconds}}}""").Violations.Select(violation => violation.Nearest).SingleOrDefault().ShouldBe(nearest);

    private static ArgumentValidationResult Check(string arguments) =>
        ArgumentValidator.Validate(Schema, JsonElement.Parse(arguments).EnumerateObject().ToDictionary(member => member.Name, member => member.Value));
}
