using GptImage2.Generation.Errors;
using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Tests.Tools.Arguments;

public sealed class EnumSynonymsTests
{
    private static readonly string[] Qualities = ["auto", "low", "medium", "high"];

    [Theory]
    [InlineData("hd", "high")]
    [InlineData("standard", "medium")]
    [InlineData("ultra", "high")]
    [InlineData("med", "medium")]
    [InlineData("HIGH", "high")]
    [InlineData("hihg", "high")]
    public void A_quality_of_another_service_is_reported_by_our_name(string written, string meant) =>
        EnumSynonyms.FindNearest(written, Qualities).ShouldBe(meant);

    [Theory]
    [InlineData("quallity", "quality")]
    [InlineData("promt", "prompt")]
    [InlineData("zeppelin", null)]
    [InlineData("q", null)]
    public void An_unknown_name_is_only_told_what_it_may_have_meant(string written, string? meant) =>
        EditDistance.FindNear(written, ["prompt", "preset", "quality"]).ShouldBe(meant);
}
