using GptImage2.Imaging.Drawing;

namespace GptImage2.Imaging.Tests.Drawing;

public sealed class ScriptNotesTests
{
    [Theory]
    [InlineData("A fox, wide shot", "A fox, wide shot")]
    [InlineData("夕暮れの灯台", "[Japanese text: no font on this machine shows it]")]
    [InlineData("灯塔，黄昏", "[Chinese text: no font on this machine shows it]")]
    [InlineData("등대 옆의 노인 3명, wide shot", "[Korean text: no font on this machine shows it], wide shot")]
    [InlineData("sign 「ようこそ」 and 犬 at dusk", "sign [Japanese text: no font on this machine shows it] and … at dusk")]
    [InlineData("प्रकाशस्तंभ के पास, CU", "[Hindi text: no font on this machine shows it], CU")]
    [InlineData("שלום עולם!", "[Hebrew text: no font on this machine shows it]!")]
    [InlineData("رجل عجوز WS", "[Arabic text: no font on this machine shows it] WS")]
    [InlineData("a 🦊 and a 🚀🎉 go", "a [emoji: no font on this machine shows it] and a … go")]
    [InlineData("ไทย and 한국", "[Thai text: no font on this machine shows it] and [Korean text: no font on this machine shows it]")]
    public void A_note_stands_once_for_each_script_without_a_font(string text, string shown) => ScriptNotes.Apply(text, (_, _) => false).ShouldBe(shown);

    [Fact]
    public void What_can_be_drawn_stays() =>
        ScriptNotes.Apply("שלום and 日本 🚀 🦊", (script, letters) => script.Name is "Hebrew" || letters is "🚀").ShouldBe("שלום and [Chinese text: no font on this machine shows it] 🚀 [emoji: no font on this machine shows it]");

    [Fact]
    public void Every_script_is_found_by_its_own_samples()
    {
        foreach (var script in Script.All.Where(script => script.Samples is not null))
        {
            script.Samples!.EnumerateRunes().Select(Script.Find).ShouldAllBe(found => found == script, script.Name);
        }
    }

    [Fact]
    public void A_package_is_named_for_every_missing_script()
    {
        var missing = FontCoverage.FindMissingScripts();

        FontCoverage.FindMissingPackages().ShouldBe(Script.All.Where(script => missing.Contains(script.Name)).Select(script => script.Package).Distinct());
    }
}
