namespace GptImage2.Edits.Templates;

/// <summary>A character that was kept once is used by its name: the sheet goes first, and the traits stand in the same words.</summary>
public sealed class CastTemplateTests : IAsyncLifetime
{
    private const string Traits = "red hair to the chin, a scar over the right brow";

    private readonly OpenAITemplateRunner _stage = new();

    public async ValueTask InitializeAsync()
    {
        await _stage.InitializeAsync();
        await _stage.CallAsync("define_cast", $$"""{"name":"Mira","kind":"character","traits":"{{Traits}}","images":[{"image":"disc.png"}]}""");
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Each_panel_of_a_board_has_the_sheet_first_and_the_traits_word_for_word()
    {
        await PlayAsync("storyboard", ("opening", "@Mira runs"), ("scenes", "@Mira falls\n@Mira laughs"), ("cast", "@Mira"));

        // The fourth is the second panel once more, in words that the agent has still to fill in.
        _stage.Orders.Count.ShouldBe(4);
        ShouldShowMira(3);
    }

    [Fact]
    public async Task A_scene_and_its_change_have_the_sheet_first_and_the_traits_word_for_word()
    {
        await PlayAsync("character-scene", ("character", "@Mira"), ("scene", "a mill by a river"), ("change", "a hat"));

        _stage.Orders.Count.ShouldBe(2);
        ShouldShowMira(2);
        _stage.Orders[1].Prompt.ShouldContain("Change only this in Image 2: a hat.");
    }

    [Fact]
    public async Task What_the_turnaround_keeps_a_scene_finds_by_its_name()
    {
        await PlayAsync("character-turnaround", ("character", "an old rider"), ("name", "Rider"));

        await PlayAsync("character-scene", ("character", "@Rider"), ("scene", "a ford at dawn"));

        _stage.Orders.Count.ShouldBe(2);
        _stage.Orders[1].Images.ShouldHaveSingleItem();
        _stage.Orders[1].Prompt.ShouldContain("Rider, always: <the critical traits>.");
    }

    private async Task PlayAsync(string name, params (string Name, string Value)[] arguments) =>
        await _stage.RunCallsAsync(await _stage.PromptAsync(name, arguments.ToDictionary(argument => argument.Name, argument => argument.Value)));

    private void ShouldShowMira(int orders)
    {
        var sheet = TemplateRunner.DrawDisc(new(320, 240));
        _stage.Orders.Take(orders).ShouldAllBe(order => order.Images[0].Bytes.ToArray().SequenceEqual(sheet) && order.Prompt.Contains($"Mira, always: {Traits}.", StringComparison.Ordinal));
    }
}
