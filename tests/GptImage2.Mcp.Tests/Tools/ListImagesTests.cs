using GptImage2.Testing.Hosts;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Tools;

public sealed class ListImagesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lists_the_newest_first_page_by_page_and_by_words()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        foreach (var prompt in (string[])["an old lighthouse", "a red fox", "a red barn"])
        {
            await server.Client.CallToolAsync("generate_image", new Dictionary<string, object?> { ["prompt"] = prompt, ["view"] = "none" }, cancellationToken: Cancellation);
        }

        var first = await ListAsync(server, new() { ["limit"] = 2 });
        var second = await ListAsync(server, new() { ["limit"] = 2, ["cursor"] = first.GetProperty("next_cursor").GetString() });
        var found = await ListAsync(server, new() { ["query"] = "RED fo" });

        Prompts(first).ShouldBe(["a red barn", "a red fox"]);
        Prompts(second).ShouldBe(["an old lighthouse"]);
        second.TryGetProperty("next_cursor", out _).ShouldBeFalse();
        Prompts(found).ShouldBe(["a red fox"]);
    }

    [Fact]
    public async Task Shows_a_page_on_one_numbered_sheet_as_far_as_its_files_are_there()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        var made = await server.MakeAsync(new() { ["prompt"] = "a red fox", ["count"] = 3, ["view"] = "none" });
        File.Delete(made.Json.GetProperty("images")[1].GetProperty("path").GetString()!);

        var result = await server.UseAsync("list_images", new() { ["show"] = true });

        result.Content.OfType<ImageContentBlock>().ShouldHaveSingleItem();
        string[] lines = result.Text.Split('\n');
        lines[1].ShouldStartWith($"1. {made.Images[2]} ");
        lines[3].ShouldStartWith($"3. {made.Images[0]} ");
        lines[4].ShouldMatch("^Shown: these on one numbered sheet, [0-9]+x[0-9]+. Not shown, because the file is gone: 2.$");
        result.Json.GetProperty("summary").GetString().ShouldBe(result.Text);
    }

    [Fact]
    public async Task Says_which_numbers_of_a_long_page_are_on_the_sheet()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        for (var round = 0; round < 4; round++)
        {
            await server.MakeAsync(new() { ["prompt"] = "a red fox", ["count"] = 10, ["view"] = "none", ["fresh"] = true, ["width"] = 816, ["height"] = 816 });
        }

        (await server.UseAsync("list_images", new() { ["show"] = true })).Images.Length.ShouldBe(12);
        var result = await server.UseAsync("list_images", new() { ["show"] = true, ["limit"] = 40 });

        result.Images.Length.ShouldBe(40);
        result.Text.ShouldContain("Shown: 1 to 36 on one numbered sheet, ");
    }

    [Fact]
    public async Task Says_how_many_there_are_and_keeps_each_short()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        await server.MakeAsync(new() { ["prompt"] = "a red fox", ["count"] = 3, ["view"] = "none" });

        var page = await server.UseAsync("list_images", new() { ["limit"] = 2 });

        page.Text.ShouldStartWith($"2 of 3 images, newest first; files in {server.Root}:\nimg_");
        page.Json.GetProperty("total").GetInt32().ShouldBe(3);
        page.Text.Split('\n')[1].Length.ShouldBeLessThan(130);
        (await server.UseAsync("list_images", [])).Text.ShouldStartWith("3 images, newest first;");
    }

    [Fact]
    public async Task Falls_back_to_images_with_some_of_the_words()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        foreach (var prompt in (string[])["a fox on a landing page", "a fox", "a barn"])
        {
            await server.MakeAsync(new() { ["prompt"] = prompt, ["view"] = "none" });
        }

        var page = await server.UseAsync("list_images", new() { ["query"] = "hero landing page fox", ["limit"] = 1 });
        var rest = await server.UseAsync("list_images", new() { ["query"] = "hero landing page fox", ["cursor"] = page.Json.GetProperty("next_cursor").GetString() });

        page.Text.ShouldStartWith("No image matches all words; these match some (1 of 2 images, most words first;");
        Prompts(page.Json).Concat(Prompts(rest.Json)).ShouldBe(["a fox on a landing page", "a fox"]);
    }

    [Theory]
    [InlineData("foxes", "No images match. Call: list_images {\"query\":\"fox\"}")]
    [InlineData("ligthouse foxs", "No images match. Call: list_images {\"query\":\"lighthouse fox\"}")]
    [InlineData("zeppelin", "No images match.")]
    public async Task Suggests_words_that_find_something(string query, string text)
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        await server.MakeAsync(new() { ["prompt"] = "a fox below a lighthouse", ["view"] = "none" });

        (await server.UseAsync("list_images", new() { ["query"] = query })).Text.ShouldBe(text);
    }

    [Fact]
    public async Task Finds_edits_by_the_words_of_what_they_were_made_from_and_images_by_parts_of_their_id()
    {
        var copies = Directory.CreateTempSubdirectory("copies-");
        await using var server = await McpHost.StartAsync([("GPTIMAGE2_OUTPUTS__ROOTS", copies.FullName)], cancellationToken: Cancellation);
        var first = (await server.MakeAsync(new() { ["prompt"] = "a red fox", ["view"] = "none" })).Images[0];
        var second = (await EditAsync(server, first, "make it snow", Path.Combine(copies.FullName, "copy.png"))).Images[0];
        var third = (await EditAsync(server, second, "at night")).Images[0];

        (await server.UseAsync("list_images", new() { ["query"] = "fox" })).Images.ShouldBe([third, second, first]);
        (await server.UseAsync("list_images", new() { ["query"] = "fox snow" })).Images.ShouldBe([third, second]);
        (await server.UseAsync("list_images", new() { ["query"] = second })).Images.ShouldBe([second]);
        (await server.UseAsync("list_images", new() { ["query"] = second[..12] })).Images.ShouldBe([second]);
        (await server.UseAsync("list_images", new() { ["query"] = second[9..] })).Images.ShouldBe([second]);
        var page = await server.UseAsync("list_images", new() { ["query"] = "snow" });
        page.Text.ShouldContain($", from {second}");
        page.Text.ShouldContain($", from {first}, copied to ");
        page.Json.GetProperty("images")[1].GetProperty("made_from")[0].GetString().ShouldBe(first);
        Path.GetFileName(page.Json.GetProperty("images")[1].GetProperty("copies")[0].GetString()).ShouldBe("copy.png");
        copies.Delete(recursive: true);
    }

    [Fact]
    public async Task Shows_what_lies_in_the_inbox()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        Directory.CreateDirectory(Path.Combine(server.Root, "inbox"));
        await File.WriteAllBytesAsync(Path.Combine(server.Root, "inbox", "cat.png"), [1], Cancellation);

        (await ListAsync(server, [])).GetProperty("inbox").EnumerateArray().Single().GetString().ShouldBe("cat.png");
    }

    [Fact]
    public async Task Refuses_a_cursor_that_it_never_gave()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);

        var result = await server.Client.CallToolAsync("list_images", new Dictionary<string, object?> { ["cursor"] = "abc" }, cancellationToken: Cancellation);

        result.IsError.ShouldBe(true);
        result.Content.OfType<TextContentBlock>().Single().Text.ShouldStartWith("cursor: expected next_cursor of an earlier page");
    }

    private static Task<CallToolResult> EditAsync(McpHost server, string image, string prompt, string? copy = null) => server.UseAsync("edit_with_references", new()
    {
        ["prompt"] = prompt,
        ["references"] = new[] { new Dictionary<string, object> { ["image"] = image, ["role"] = "base" } },
        ["view"] = "none",
        ["save_to"] = copy,
    });

    private static string?[] Prompts(JsonElement page) => [.. page.GetProperty("images").EnumerateArray().Select(image => image.GetProperty("prompt").GetString())];

    private static async Task<JsonElement> ListAsync(McpHost server, Dictionary<string, object?> arguments) =>
        (await server.Client.CallToolAsync("list_images", arguments, cancellationToken: Cancellation)).StructuredContent!.Value;
}
