using FsCheck;
using FsCheck.Fluent;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Tests.Storage;

public sealed partial class SlugTests
{
    [Theory]
    [InlineData("A red fox, in the snow!", "a-red-fox-in-the-snow")]
    [InlineData("Crème brûlée für Łukasz & Straße", "creme-brulee-fur-lukasz-strasse")]
    [InlineData("cafe\u0301 don't", "cafe-dont")]
    [InlineData("../../etc/passwd", "etc-passwd")]
    [InlineData("C:\\Windows\\con", "c-windows-con")]
    [InlineData("", "image")]
    [InlineData("  \n\t ", "image")]
    [InlineData("🦊🦊", "image")]
    [InlineData("狐", "狐")]
    [InlineData("Лиса в снегу, 7", "лиса-в-снегу-7")]
    [InlineData("赤い狐 on snow", "赤い狐-on-snow")]
    [InlineData("हरा सेब", "हरा-सेब")]
    [InlineData("빨간 여우, wide shot", "빨간-여우-wide-shot")]
    [InlineData("夕暮れの灯台。「ようこそ」", "夕暮れの灯台-ようこそ")]
    [InlineData("จิ้งจอกแดง 🦊 cut", "จิ้งจอกแดง-cut")]
    [InlineData("ثعلب أحمر\u202E", "ثعلب-أحمر")]
    [InlineData("ﬁsh Ａ", "sh")]
    [InlineData("CON", "con-image")]
    [InlineData("lpt1", "lpt1-image")]
    public void Keeps_what_can_be_read_and_drops_the_rest(string title, string expected) => Slug.Create(title).ShouldBe(expected);

    [Fact]
    public void Ends_a_long_title_between_two_words() =>
        Slug.Create("a lighthouse on a cliff above the stormy atlantic ocean").ShouldBe("a-lighthouse-on-a-cliff-above-the-stormy");

    [Fact]
    public void Is_a_legal_name_whatever_the_title() =>
        Prop.ForAll<string?>(title => Legal.IsMatch(Slug.Create(title ?? ""))).QuickCheckThrowOnFailure();

    [Fact]
    public void Is_a_legal_name_however_long_the_title() =>
        Prop.ForAll<NonEmptyString>(title => Legal.IsMatch(Slug.Create(string.Concat(Enumerable.Repeat(title.Get, 50))))).QuickCheckThrowOnFailure();

    [GeneratedRegex(@"^(?=.{1,40}$)[\p{Ll}\p{Lo}\p{Lm}\p{Lt}\p{Nd}\p{M}]+(-[\p{Ll}\p{Lo}\p{Lm}\p{Lt}\p{Nd}\p{M}]+)*\z")]
    private static partial Regex Legal { get; }
}
