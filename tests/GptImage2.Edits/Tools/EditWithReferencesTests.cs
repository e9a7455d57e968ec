using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;

namespace GptImage2.Edits.Tools;

public sealed class EditWithReferencesTests(EditToolsFixture bench) : IClassFixture<EditToolsFixture>
{
    private const string Tool = "edit_with_references";

    [Fact]
    public async Task The_prompt_as_sent_explains_each_image_once_and_in_order()
    {
        string[] roles = ["style", "base", "identity", "environment", "layout", "object"];
        var references = new JsonArray([.. roles.Select(role => new JsonObject { ["image"] = "wide.png", ["role"] = role })]);

        var prompt = await PromptAsync(references.ToJsonString(), "x");

        var lines = prompt.Split("\n\n")[0].Split('\n');
        lines.Length.ShouldBe(6);
        string[] begins = ["Image 1 is the style.", "Image 2 is the image to edit.", "Image 3 is an identity lock.", "Image 4 is the environment.", "Image 5 is the layout.", "Image 6 is an object to show."];
        lines.Zip(begins).ShouldAllBe(pair => pair.First.StartsWith(pair.Second, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_callers_words_stay_as_they_are_and_come_last()
    {
        const string Words = "  Put Image 2's hat\non   Image 1 — \"like so\".  ";

        var prompt = await PromptAsync("""[{"image": "wide.png"}, {"image": "tall.png"}]""", Words);

        prompt.ShouldEndWith("\n\n" + Words);
    }

    [Fact]
    public async Task A_note_follows_the_line_of_its_image()
    {
        var prompt = await PromptAsync("""[{"image": "wide.png", "role": "style", "note": " Only the palette. "}, {"image": "tall.png"}]""", "x");

        prompt.Split('\n')[0].ShouldEndWith("take no subject or object from it. Only the palette.");
    }

    [Fact]
    public async Task An_image_without_a_role_is_an_object() =>
        (await PromptAsync("""[{"image": "wide.png"}, {"image": "tall.png"}]""", "x")).ShouldStartWith("Image 1 is an object to show.");

    [Fact]
    public async Task A_single_image_without_a_role_is_the_one_to_edit() =>
        (await PromptAsync("""[{"image": "wide.png"}]""", "x")).ShouldStartWith("Image 1 is the image to edit.");

    [Theory]
    [InlineData("\"[{\\\"image\\\": \\\"wide.png\\\", \\\"role\\\": \\\"style\\\"}]\"")]
    [InlineData("\" {\\\"image\\\": \\\"wide.png\\\", \\\"role\\\": \\\"style\\\"}\"")]
    [InlineData("{\"image\": \"wide.png\", \"role\": \"style\", \"note\": null}")]
    public async Task References_may_be_a_text_or_a_single_object(string references) =>
        (await PromptAsync(references, "x")).ShouldStartWith("Image 1 is the style.");

    [Theory]
    [InlineData("Image 3 and image 1", "Image 3")]
    [InlineData("the hat of reference #9", "Image 9")]
    [InlineData("Image 0", "Image 0")]
    public async Task A_mention_of_an_image_that_is_not_there_is_refused(string words, string missing) =>
        (await bench.RefusalAsync(Tool, $$"""{"prompt": "{{words}}", "references": [{"image": "wide.png"}, {"image": "tall.png"}]}"""))
            .ShouldBe($"prompt: expected mentions of Image 1 to 2, the images of this call; words that are to appear in the image stand in quotes but received {missing}.");

    [Theory]
    [InlineData("Image 1 and Image 2")]
    [InlineData("an image 16:9, for image 4K screens")]
    [InlineData("a sign that reads \\\"IMAGE 9\\\"")]
    [InlineData("image 3 of 4")]
    [InlineData("a door sign that says 'Image 5'")]
    [InlineData("a door sign that says ‘Image 5’")]
    public async Task Other_numbers_are_no_mention(string words)
    {
        var plan = await PlanAsync($$"""{"prompt": "{{words}}", "references": [{"image": "wide.png"}, {"image": "tall.png"}]}""");

        EditToolsFixture.Warnings(plan).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""[{"image": "wide.png", "role": "style"}, {"image": "tall.png", "role": "base"}]""", "", "Delivered at 120x240")]
    [InlineData("""[{"image": "wide.png"}, {"image": "tall.png"}]""", "", "1 image of 1760x880,")]
    [InlineData("""[{"image": "wide.png"}]""", ", \"preset\": \"portrait\"", "1 image of 1024x1536,")]
    [InlineData("""[{"image": "wide.png"}]""", ", \"width\": 1024, \"height\": 1024", "1 image of 1024x1024,")]
    [InlineData("""[{"image": "wide.png"}]""", ", \"resize_to\": \"1024x640\"", "1 image of 1024x640,")]
    [InlineData("""[{"image": "wide.png", "role": "base"}]""", ", \"size\": \"1920x1080\"", "1 image of 2048x1152,")]
    public async Task Without_a_size_the_base_decides_or_else_the_first_reference(string references, string size, string canvas)
    {
        var plan = await PlanAsync($$"""{"prompt": "x", "references": {{references}}{{size}}}""");

        plan.GetProperty("summary").GetString()!.ShouldContain(canvas);
    }

    [Theory]
    [InlineData("\"wide.png\"", "the image to edit")]
    [InlineData("[\"wide.png\", \"tall.png\"]", "an object to show")]
    [InlineData("[{\"url\": \"wide.png\", \"type\": \"Style\"}]", "the style")]
    [InlineData("{\"path\": \"wide.png\", \"role\": \"IDENTITY\"}", "an identity lock")]
    public async Task References_in_other_words_are_read(string references, string role) =>
        (await PromptAsync(references, "x")).ShouldStartWith($"Image 1 is {role}.");

    [Fact]
    public async Task Two_roles_become_one_and_a_note() =>
        (await RefusalAsync("""[{"image": "wide.png", "role": ["identity", "style"]}]""")).ShouldBe(
            "references[0].role: expected one role, and the other in note but received [\"identity\",\"style\"]. Nearest legal: identity.");

    [Fact]
    public async Task Two_bases_are_refused() =>
        (await RefusalAsync("""[{"image": "wide.png", "role": "base"}, {"image": "tall.png", "role": "base"}]"""))
            .ShouldBe("references: expected at most one with role base (the image to edit); the others are object, identity, environment, layout or style but received 2.");

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    public async Task Too_few_or_too_many_are_refused_with_the_number(int count) =>
        (await RefusalAsync(new JsonArray([.. Enumerable.Range(0, count).Select(_ => new JsonObject { ["image"] = "wide.png" })]).ToJsonString()))
            .ShouldBe($"references: expected 1 to 16 images but received {count}.");

    [Theory]
    [InlineData("stlye", "style")]
    [InlineData("face", "identity")]
    [InlineData("character", "identity")]
    [InlineData("product", "object")]
    [InlineData("background", "environment")]
    [InlineData("scene", "environment")]
    [InlineData("pose", "layout")]
    [InlineData("composition", "layout")]
    [InlineData("source", "base")]
    public async Task A_role_by_another_name_is_reported(string written, string meant) =>
        (await RefusalAsync($$"""[{"image": "wide.png"}, {"image": "wide.png", "role": "{{written}}"}]"""))
            .ShouldBe($"references[1].role: expected one of object, base, identity, style, environment, layout but received \"{written}\". Nearest legal: {meant}.");

    [Fact]
    public async Task Images_that_are_missing_are_all_named_at_once()
    {
        var text = await RefusalAsync("""[{"image": "no.png"}, {"image": "wide.png"}, {"image": "img_aaaaaaaaaaaaaaaa"}, {"image": "https://localhost/x.png"}, {"image": "/etc/hostname"}]""");

        text.Split('\n').Select(line => line["not_found: ".Length..]).Count().ShouldBe(4);
        string[] blamed = ["references[0].image: there is no file", "references[2].image: no image has the id", "references[3].image: ", "references[4].image: "];
        blamed.ShouldAllBe(part => text.Contains(part, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""[null, {"image": "wide.png"}, 5]""", "references[0], references[2]")]
    [InlineData("""[{"image": ["wide.png"]}, {"role": "base"}]""", "references[0].image, references[1].image")]
    public async Task References_that_cannot_be_read_are_each_blamed_and_nothing_else(string references, string blamed) =>
        string.Join(", ", (await RefusalAsync(references)).Split('\n').Select(line => line.Split(':')[0])).ShouldBe(blamed);

    [Fact]
    public async Task What_cannot_be_read_hides_nothing_else_that_is_wrong()
    {
        var text = await RefusalAsync("""[null, {"image": "wide.png", "role": "hero"}, {"image": "wide.png", "role": "base"}, {"image": "wide.png", "role": "base"}]""");

        string.Join(", ", text.Split('\n').Select(line => line.Split(':')[0])).ShouldBe("references[0], references[1].role, references");
    }

    [Fact]
    public async Task The_record_tells_the_words_and_the_images_that_went_in()
    {
        var made = await bench.CallSuccessfullyAsync(Tool, """{"prompt": "A hat", "references": [{"image": "tall.png", "role": "base"}], "width": 1024, "height": 640, "view": "none"}""");

        var id = made.GetProperty("images")[0].GetProperty("id").GetString()!;
        var next = await bench.CallSuccessfullyAsync(Tool, $$"""{"prompt": "Now red", "references": [{"image": "image://{{id}}", "role": "base"}, {"image": "wide.png", "role": "style"}], "width": 1024, "height": 640, "view": "none"}""");
        var record = await bench.RecordAsync(next.GetProperty("images")[0].GetProperty("id").GetString()!);

        record.GetProperty("prompt").GetString().ShouldBe("Now red");
        record.GetProperty("prompt_as_sent").GetString().ShouldBe(next.GetProperty("prompt").GetString());
        var inputs = record.GetProperty("inputs");
        inputs.EnumerateArray().Select(input => input.GetProperty("role").GetString()).ShouldBe(["base", "style"]);
        inputs[0].GetProperty("image").GetString().ShouldBe(id);
        inputs[0].GetProperty("sha256").GetString().ShouldBe(made.GetProperty("images")[0].GetProperty("sha256").GetString());
        inputs[1].TryGetProperty("image", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_call_that_sends_an_image_along_is_not_echoed_while_it_runs()
    {
        await using var server = await McpHost.StartAsync([("GPTIMAGE2_JOBS__WAITSECONDS", "0"), ("GPTIMAGE2_SKETCH__DELAYSECONDS", "60")], cancellationToken: TestContext.Current.CancellationToken);
        var picture = "data:image/png;base64," + Convert.ToBase64String(NoisePng.Create(new(160, 120), 1));

        var result = await server.Client.CallToolAsync(
            Tool,
            new Dictionary<string, object?> { ["prompt"] = "x", ["references"] = new JsonArray(new JsonObject { ["image"] = picture }) },
            cancellationToken: TestContext.Current.CancellationToken);

        result.StructuredContent!.Value.GetProperty("job").GetProperty("status").GetString().ShouldBeOneOf("queued", "running");
        JsonSerializer.Serialize(result.StructuredContent).Length.ShouldBeLessThan(5_000);
    }

    private Task<string> RefusalAsync(string references) => bench.RefusalAsync(Tool, $$"""{"prompt": "x", "references": {{references}}}""");

    private Task<JsonElement> PlanAsync(string arguments) => bench.CallSuccessfullyAsync(Tool, $"{arguments[..^1]}, \"dry_run\": true}}");

    private async Task<string> PromptAsync(string references, string words)
    {
        var plan = await PlanAsync(new JsonObject { ["prompt"] = words, ["references"] = JsonNode.Parse(references) }.ToJsonString());
        return plan.GetProperty("prompt").GetString()!;
    }
}
