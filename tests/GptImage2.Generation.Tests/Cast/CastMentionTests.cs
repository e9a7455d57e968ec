using GptImage2.Generation.Requests.Mentions;

namespace GptImage2.Generation.Tests.Cast;

public sealed class CastMentionTests
{
    [Theory]
    [InlineData("@Mira runs", "Mira")]
    [InlineData("rain on @Mira.", "Mira")]
    [InlineData("@Mira's coat, (@Old-Mill) and @Linework!", "Mira Old-Mill Linework")]
    [InlineData("@Mira/winter in snow", "Mira/winter")]
    [InlineData("@Mira/winter, @mira/summer.", "Mira/winter mira/summer")]
    [InlineData("@ミラ 雨の中、@Zoë", "ミラ Zoë")]
    [InlineData("@Mira@Bo", "")]
    [InlineData("write to mira@example.com or @example.com", "")]
    [InlineData("see example.com/@mira and https://x.example/@mira", "")]
    [InlineData("a sign that says \"@Mira\"", "")]
    [InlineData("a sign that says “ask @Mira”, held by @Bo", "Bo")]
    [InlineData("at 5 @ 10, @ nothing, @@Mira, @1st", "")]
    public void Names_are_found_and_addresses_handles_of_sites_and_lettering_are_not(string prompt, string expected) =>
        string.Join(' ', CastMention.Find(prompt).Select(mention => mention.Path)).ShouldBe(expected);

    [Fact]
    public void Each_is_replaced_where_it_stands() =>
        CastMention.Replace("@Mira meets @Bo/old - \"@Mira\"", mention => $"<{mention.Path}>").ShouldBe("<Mira> meets <Bo/old> - \"@Mira\"");
}
