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

    private static string?[] Prompts(JsonElement page) => [.. page.GetProperty("images").EnumerateArray().Select(image => image.GetProperty("prompt").GetString())];

    private static async Task<JsonElement> ListAsync(McpHost server, Dictionary<string, object?> arguments) =>
        (await server.Client.CallToolAsync("list_images", arguments, cancellationToken: Cancellation)).StructuredContent!.Value;
}
