using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Cast;

/// <summary>What a name of the cast becomes in the request that the service receives.</summary>
public sealed class MentionTests : IAsyncLifetime
{
    private const string Traits = "red hair, parted left; a scar over the right brow";

    private static readonly byte[] Turnaround = PngEncoder.Gradient(new(640, 480), 1);
    private static readonly byte[] Coat = PngEncoder.Gradient(new(512, 512), 2);
    private static readonly byte[] Room = PngEncoder.Gradient(new(1536, 1024), 3);

    private StrictOpenAI _service = null!;
    private McpHost _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _service = await StrictOpenAI.StartAsync();
        _server = await McpHost.StartAsync(McpCallExtensions.Settings(_service), cancellationToken: Cancellation);
        _server.PutIntoInbox("mira.png", Turnaround);
        _server.PutIntoInbox("coat.png", Coat);
        _server.PutIntoInbox("room.png", Room);
        await DefineAsync($$"""{"name":"Mira","traits":"{{Traits}}","images":[{"image":"mira.png","must_avoid":"the pose"}],"variants":[{"name":"winter","traits":"a blue wool coat","images":[{"image":"coat.png"}]}]}""");
        await DefineAsync("""{"name":"Linework","kind":"style","traits":"ink lines, two flat colours"}""");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task Its_images_come_first_and_its_traits_after_the_callers_words_the_same_every_time()
    {
        await MakeAsync("""{"prompt":"@Mira runs through rain, @Linework","quality":"low"}""");
        await MakeAsync("""{"prompt":"@Mira sleeps, @Linework","quality":"low"}""");

        foreach (var order in _service.Orders)
        {
            order.Images.ShouldHaveSingleItem().Bytes.ToArray().ShouldBe(Turnaround);
            order.Prompt.ShouldStartWith("Image 1 is an identity lock.");
            order.Prompt.ShouldContain("Mira, the character. Do not take from it: the pose.");
            order.Prompt.ShouldEndWith($"\n\nMira, always: {Traits}.\nThe whole picture is rendered in the style Linework: ink lines, two flat colours.");
        }

        _service.Orders[0].Prompt.ShouldContain("\n\nMira runs through rain, Linework\n\n");
        _service.Orders[1].Prompt.ShouldContain("\n\nMira sleeps, Linework\n\n");
    }

    [Fact]
    public async Task A_variant_shows_its_own_images_before_those_of_the_entry()
    {
        await MakeAsync("""{"prompt":"@mira/Winter in snow","quality":"low"}""");

        var order = _service.Orders.ShouldHaveSingleItem();
        order.Images.Select(image => image.Bytes.ToArray()).ShouldBe([Coat, Turnaround]);
        order.Prompt.ShouldContain($"Mira, always: {Traits}. As winter: a blue wool coat.");
    }

    [Theory]
    [InlineData("@Mira sleeps; then @Mira/winter runs", "Mira (version 1) is Image 1; Mira/winter (version 1) is Image 2, with Image 1.", new[] { 0, 1 })]
    [InlineData("@Mira/winter runs; then @Mira sleeps", "Mira/winter (version 1) is Image 1, with Image 2; Mira (version 1) is Image 2.", new[] { 1, 0 })]
    public async Task Of_an_entry_that_is_meant_both_as_it_is_and_as_a_variant_each_image_is_sent_once(string prompt, string told, int[] sent)
    {
        var made = await MakeAsync($$"""{"prompt":"{{prompt}}","quality":"low"}""");

        var order = _service.Orders.ShouldHaveSingleItem();
        order.Images.Select(image => image.Bytes.ToArray()).ShouldBe(sent.Select(image => image is 0 ? Turnaround : Coat));
        order.Prompt.ShouldContain("Mira, the character. Where Mira as winter is described otherwise, that comes before this image.");
        order.Prompt.ShouldContain("Mira, the character as winter.");
        made.Text.ShouldContain($"Cast, as sent: {told}");
    }

    [Fact]
    public async Task Two_variants_share_the_images_of_their_entry()
    {
        await DefineAsync("""{"name":"Mira","variants":[{"name":"summer","traits":"a straw hat"}]}""");

        var made = await MakeAsync("""{"prompt":"@Mira/winter beside @Mira/summer","quality":"low"}""");

        var order = _service.Orders.ShouldHaveSingleItem();
        order.Images.Select(image => image.Bytes.ToArray()).ShouldBe([Coat, Turnaround]);
        order.Prompt.ShouldContain("Where Mira as winter or summer is described otherwise, that comes before this image.");
        made.Text.ShouldContain("Mira/winter (version 2) is Images 1 to 2; Mira/summer (version 2) is Image 2.");
    }

    [Fact]
    public async Task The_callers_own_images_keep_their_words_under_new_numbers_and_an_edit_the_size_of_its_base()
    {
        await MakeAsync("""{"prompt":"@Mira stands at the window of Image 1, \"Image 1\" on her shirt","references":[{"image":"room.png","role":"base"}],"quality":"low"}""", "edit_with_references");

        var order = _service.Orders.ShouldHaveSingleItem();
        order.Images.Select(image => image.Bytes.ToArray()).ShouldBe([Turnaround, Room]);
        order.Prompt.ShouldContain("Mira stands at the window of Image 2, \"Image 1\" on her shirt");
        order.Size.ShouldBe(new(1536, 1024));
    }

    [Fact]
    public async Task In_an_inpaint_they_come_behind_the_image_itself()
    {
        await MakeAsync("""{"prompt":"@Mira in the style of Image 2","image":"room.png","references":[{"image":"coat.png","role":"style"}],"region":[{"x":0.4,"y":0.4,"width":0.3,"height":0.3}],"quality":"low"}""", "inpaint_region");

        var order = _service.Orders.ShouldHaveSingleItem();
        order.Images.Skip(1).Select(image => image.Bytes.ToArray()).ShouldBe([Turnaround, Coat]);
        order.Prompt.ShouldContain("Mira in the style of Image 3");
    }

    [Fact]
    public async Task The_result_tells_who_was_which_image_and_the_record_names_the_entry()
    {
        var made = await MakeAsync("""{"prompt":"@Mira runs","quality":"low"}""");

        made.Text.ShouldContain("Cast, as sent: Mira (version 1) is Image 1.");
        made.Json.GetProperty("prompt").GetString()!.ShouldContain(Traits);
        var record = await _server.Client.ReadResourceAsync($"image://{made.Images[0]}/record", cancellationToken: Cancellation);
        record.Contents.OfType<TextResourceContents>().First().Text.ShouldContain("\"cast\": \"Mira\"");
        (await _server.CallAsync("list_images", """{"query":"@Mira"}""")).Images.ShouldBe(made.Images);
        (await _server.CallAsync("view_image", $$"""{"image":"{{made.Images[0]}}","recipe":true}""")).Text.ShouldContain("""generate_image {"prompt":"@Mira runs",""");
    }

    [Fact]
    public async Task A_recipe_names_the_versions_that_the_image_was_made_from()
    {
        var made = await MakeAsync("""{"prompt":"@Mira/winter runs, @Linework","quality":"low"}""");
        await DefineAsync("""{"name":"Mira","traits":"grey hair"}""");

        var recipe = await _server.CallAsync("view_image", $$"""{"image":"{{made.Images[0]}}","recipe":true}""");
        var record = await _server.Client.ReadResourceAsync($"image://{made.Images[0]}/record", cancellationToken: Cancellation);

        recipe.Text.ShouldContain("Cast: Mira/winter (version 1), Linework (version 1).");
        record.Contents.OfType<TextResourceContents>().First().Text.ShouldContain("\"cast_version\": 1");
    }

    [Fact]
    public async Task An_image_argument_takes_a_name_as_a_prompt_mentions_it_and_refuses_it_like_an_address()
    {
        var edited = await MakeAsync("""{"prompt":"a poster","references":[{"image":"@Mira/winter","role":"style"},{"image":"@mira"}],"quality":"low"}""", "edit_with_references");
        var seen = await _server.CallAsync("view_image", """{"image":"@Mira"}""");

        _service.Orders.ShouldHaveSingleItem().Images.Select(image => image.Bytes.ToArray()).ShouldBe([Coat, Turnaround]);
        edited.Text.ShouldNotContain("Cast, as sent");
        seen.Content.OfType<ImageContentBlock>().ShouldHaveSingleItem();
        foreach (var name in (string[])["Mria", "Mira/spring", "Linework"])
        {
            var (mention, address) = (await _server.CallAsync("view_image", $$"""{"image":"@{{name}}"}"""), await _server.CallAsync("view_image", $$"""{"image":"cast://{{name}}"}"""));
            mention.IsError.ShouldBe(true);
            mention.Text.ShouldBe(address.Text);
            mention.Text.ShouldContain("cast");
        }
    }

    [Theory]
    [InlineData("@Mria runs", "@Mira", "@Mira runs")]
    [InlineData("@mria runs", "@Mira", "@Mira runs")]
    [InlineData("@mria runs after @Mria", "@Mira", "@Mira runs after @Mira")]
    [InlineData("@Mira/wintr runs", "@Mira/winter", "@Mira/winter runs")]
    public async Task A_name_that_is_almost_right_is_refused_with_the_call_that_is_meant(string prompt, string nearest, string corrected)
    {
        var refused = await _server.CallAsync("generate_image", $$"""{"prompt":"{{prompt}}"}""");

        refused.IsError.ShouldBe(true);
        refused.Text.ShouldContain($"Nearest legal: {nearest}.");
        refused.Text.ShouldEndWith($$"""Call: generate_image {"prompt":"{{corrected}}"}""");
        _service.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_of_nobody_is_refused_and_a_handle_and_lettering_stay_what_they_are()
    {
        var refused = await _server.CallAsync("generate_image", """{"prompt":"@Josephine runs"}""");
        var small = await MakeAsync("""{"prompt":"@josephine runs","dry_run":true}""");
        var made = await MakeAsync("""{"prompt":"a poster for @studio_42, mail to hi@example.com, with the words \"@Nobody\"","quality":"low"}""");

        refused.IsError.ShouldBe(true);
        refused.Text.ShouldContain("define_cast");
        small.Text.ShouldContain("@josephine is no name of the cast");
        made.Text.ShouldContain("@studio_42 is no name of the cast");
        _service.Orders.ShouldHaveSingleItem().Prompt.ShouldBe("a poster for @studio_42, mail to hi@example.com, with the words \"@Nobody\"");
    }

    [Fact]
    public async Task Where_the_model_takes_fewer_images_everyone_has_one_before_anyone_has_two()
    {
        foreach (var number in Enumerable.Range(1, 7))
        {
            var images = string.Join(',', Enumerable.Range(1, 3).Select(image =>
            {
                _server.PutIntoInbox($"{number}-{image}.png", PngEncoder.Gradient(new(512, 512), (number * 10) + image));
                return $$"""{"image":"{{number}}-{{image}}.png"}""";
            }));
            await DefineAsync($$"""{"name":"Extra{{(char)('A' + number)}}","kind":"{{(number is 1 ? "prop" : "character")}}","images":[{{images}}]}""");
        }

        var made = await MakeAsync("""{"prompt":"@ExtraB, @ExtraC, @ExtraD, @ExtraE, @ExtraF, @ExtraG and @ExtraH","quality":"low"}""");

        var order = _service.Orders.ShouldHaveSingleItem();
        order.Images.Count.ShouldBe(16);
        made.Text.ShouldContain("ExtraC (version 1) is Images 1 to 3;");
        made.Text.ShouldContain("ExtraB (version 1) is Images 15 to 16 (1 of its 3 images left out, because there is no room for more)");
    }

    [Fact]
    public async Task The_same_words_after_a_change_of_the_entry_are_another_call()
    {
        var first = await MakeAsync("""{"prompt":"@Linework, a fox","quality":"low"}""");
        await DefineAsync("""{"name":"Linework","traits":"pencil"}""");
        var second = await MakeAsync("""{"prompt":"@Linework, a fox","quality":"low"}""");

        second.JobId.ShouldNotBe(first.JobId);
        _service.Orders.Select(order => order.Prompt.Split('\n')[^1]).ShouldBe(["The whole picture is rendered in the style Linework: ink lines, two flat colours.", "The whole picture is rendered in the style Linework: pencil."]);
    }

    private async Task<CallToolResult> MakeAsync(string arguments, string tool = "generate_image")
    {
        var made = await _server.CallAsync(tool, arguments);
        made.IsError.ShouldNotBe(true, made.Text);
        return made;
    }

    private async Task DefineAsync(string arguments)
    {
        var defined = await _server.CallAsync("define_cast", arguments);
        defined.IsError.ShouldNotBe(true, defined.Text);
    }
}
