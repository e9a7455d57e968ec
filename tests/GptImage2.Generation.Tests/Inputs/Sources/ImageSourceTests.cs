using GptImage2.Generation.Inputs.Sources;

namespace GptImage2.Generation.Tests.Inputs.Sources;

public sealed class ImageSourceTests
{
    private const string Id = "img_abcdefghjkmnpqrs";

    [Theory]
    [InlineData(Id)]
    [InlineData("image://" + Id)]
    [InlineData(" " + Id + "\n")]
    public void An_id_is_read_with_and_without_its_scheme(string text) =>
        new ImageSourceParser("/inbox").Parse(text).ShouldBe(new ImageSource.Stored(Id));

    [Theory]
    [InlineData("030201-a-fox-abcdefghjkmnpqrs.png")]
    [InlineData(" fox-abcdefghjkmnpqrs.jpg\n")]
    public void A_name_like_those_of_the_store_tells_an_id(string text) =>
        new ImageSourceParser("/inbox").Parse(text).ShouldBe(new ImageSource.FileName(text.Trim(), Id));

    [Theory]
    [InlineData("./fox-abcdefghjkmnpqrs.png", "./fox-abcdefghjkmnpqrs.png")]
    [InlineData("fox-abcdefghjkmnpqrs", "fox-abcdefghjkmnpqrs")]
    [InlineData("fox-abcdefghjkmnpqr1.png", "fox-abcdefghjkmnpqr1.png")]
    [InlineData("fox.png", "fox.png")]
    [InlineData("/pictures/a fox.png", "/pictures/a fox.png")]
    [InlineData("file:///pictures/a%20fox.png", "/pictures/a fox.png")]
    [InlineData("img_short", "img_short")]
    [InlineData("@Mira.png", "@Mira.png")]
    [InlineData("@scenes/mira.png", "@scenes/mira.png")]
    [InlineData("./@Mira", "./@Mira")]
    public void Anything_else_is_a_path(string text, string path) =>
        new ImageSourceParser("/inbox").Parse(text).ShouldBe(new ImageSource.LocalFile(path));

    [Theory]
    [InlineData("@Mira", "Mira", null)]
    [InlineData(" @Mira/winter\n", "Mira", "winter")]
    [InlineData("cast://Mira", "Mira", null)]
    [InlineData("cast://Mira/3f2a9c.png", "Mira", "3f2a9c.png")]
    public void A_name_of_the_cast_is_read_as_an_address_and_as_a_prompt_mentions_it(string text, string name, string? part) =>
        new ImageSourceParser("/inbox").Parse(text).ShouldBe(new ImageSource.CastImage(name, part));

    [Fact]
    public void A_data_URI_carries_its_bytes() =>
        new ImageSourceParser("/inbox").Parse("data:image/png;base64,AQID").ShouldBeOfType<ImageSource.Inline>().Bytes.ToArray().ShouldBe([1, 2, 3]);

    [Theory]
    [InlineData("data:image/png,abc")]
    [InlineData("data:image/png;base64,A?")]
    [InlineData("file://server/share/fox.png")]
    [InlineData("sandbox:/mnt/data/fox.png")]
    [InlineData("/mnt/user-data/uploads/fox.png")]
    [InlineData("http://example.com/fox.png")]
    public void What_cannot_be_read_says_what_would_be(string text) =>
        new ImageSourceParser("/inbox").Parse(text).ShouldBeOfType<ImageSource.Unusable>().Expected.ShouldNotBeEmpty();
}
