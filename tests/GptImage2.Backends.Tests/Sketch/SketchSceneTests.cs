using GptImage2.Backends.Sketch;

namespace GptImage2.Backends.Tests.Sketch;

public sealed class SketchSceneTests
{
    [Theory]
    [InlineData("Shot: ws. A rider on the left", "WS left", 0)]
    [InlineData("WS, a lone man, screen right", "WS right", 1)]
    [InlineData("An establishing shot of a town from above", "EWS from above", 0)]
    [InlineData("Extreme close-up of an eye", "ECU", 0)]
    [InlineData("close up of two women, low angle", "CU from below", 2)]
    [InlineData("Medium shot over her shoulder: three old sailors", "MS OTS", 3)]
    [InlineData("POV, a crate in the right third", "POV right", 0)]
    [InlineData("full body, @Mira waves", "FS", 1)]
    [InlineData("ms paint look, a wide smile, she left the room with her left hand raised", "", 1)]
    [InlineData("a brass lantern", "", 0)]
    public void The_words_of_a_storyboard_are_understood(string prompt, string shot, int figures)
    {
        var scene = new SketchScene(prompt, HasIdentity: false);

        string.Join(' ', new[] { scene.Shot, scene.Eye, scene.Angle, scene.Side }.OfType<string>()).ShouldBe(shot);
        scene.Figures.ShouldBe(figures);
    }

    [Fact]
    public void Who_a_reference_shows_is_a_figure() => new SketchScene("at the harbour", HasIdentity: true).Figures.ShouldBe(1);

    [Theory]
    [InlineData("a comic page with six panels", 6)]
    [InlineData("4-panel comic of a cat", 4)]
    [InlineData("a 2x3 grid of mugs", 6)]
    [InlineData("nine different expressions of a boy", 9)]
    [InlineData("a door with four panes", 1)]
    [InlineData("99 panels", 1)]
    public void Panels_are_counted(string prompt, int count) => new SketchScene(prompt, HasIdentity: false).Cells.Count.ShouldBe(count);

    [Theory]
    [InlineData("Turnaround of a knight: front, three-quarter, side and back", "front three-quarter side back")]
    [InlineData("character sheet of a knight", "front side back")]
    public void A_turnaround_has_a_cell_for_each_view(string prompt, string views) => string.Join(' ', new SketchScene(prompt, HasIdentity: false).Cells).ShouldBe(views);

    [Theory]
    [InlineData("a sign \"OPEN\" and “NOW” beside it", "OPEN|NOW")]
    [InlineData("ein Schild „Offen“, une porte «fermée»", "Offen|fermée")]
    [InlineData("看板「ようこそ」", "ようこそ")]
    [InlineData("it's Mira's 5\" lamp", "")]
    public void Words_in_quotation_marks_are_lettering(string prompt, string words) => string.Join('|', new SketchScene(prompt, HasIdentity: false).Lettering).ShouldBe(words);
}
