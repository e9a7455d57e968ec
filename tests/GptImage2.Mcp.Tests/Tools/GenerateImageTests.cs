using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Time;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Tools;

public sealed class GenerateImageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Makes_an_image_that_the_result_shows_names_and_links_to()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);

        var result = await CallAsync(server, new() { ["prompt"] = "a red fox in snow", ["preset"] = "landscape" });

        result.IsError.ShouldNotBe(true);
        var image = result.StructuredContent!.Value.GetProperty("images")[0];
        image.GetProperty("width").GetInt32().ShouldBe(1536);
        image.GetProperty("height").GetInt32().ShouldBe(1024);
        var bytes = await File.ReadAllBytesAsync(image.GetProperty("path").GetString()!, Cancellation);
        ImageHeader.Read(EncodedImage.FromMemory(bytes)).Size.ShouldBe(new Dimensions(1536, 1024));

        var block = result.Content.OfType<ImageContentBlock>().ShouldHaveSingleItem();
        ImageHeader.Read(EncodedImage.FromMemory(block.DecodedData)).Size.ShouldBe(new Dimensions(1313, 875));
        result.Content.OfType<ResourceLinkBlock>().ShouldHaveSingleItem().Uri.ShouldBe(image.GetProperty("uri").GetString());
    }

    [Fact]
    public async Task The_summary_of_a_sketch_says_so_first()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);

        var result = await CallAsync(server, new() { ["prompt"] = "a lighthouse" });

        const string Honest = "SKETCH, not a real image: the server has no OPENAI_API_KEY.\n";
        Text(result).ShouldStartWith(Honest);
        result.StructuredContent!.Value.GetProperty("summary").GetString().ShouldStartWith(Honest);
    }

    [Fact]
    public async Task Several_images_come_as_one_sheet()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);

        var result = await CallAsync(server, new() { ["prompt"] = "a lighthouse", ["count"] = 3, ["format"] = "jpeg" });

        result.StructuredContent!.Value.GetProperty("images").EnumerateArray().Select(image => image.GetProperty("format").GetString()).ShouldBe(["jpeg", "jpeg", "jpeg"]);
        result.Content.OfType<ImageContentBlock>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_dry_run_plans_and_makes_nothing()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);

        var result = await CallAsync(server, new() { ["prompt"] = "a lighthouse", ["resize_to"] = "1920x1080", ["dry_run"] = true });

        Text(result).ShouldContain("PLAN, nothing was sent: 1 image of 2048x1152");
        result.StructuredContent!.Value.GetProperty("job").GetProperty("status").GetString().ShouldBe("planned");
        Directory.EnumerateFiles(server.Root, "*.png", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_image_is_delivered_at_exactly_the_size_asked_for()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);

        var result = await CallAsync(server, new() { ["prompt"] = "a lighthouse", ["resize_to"] = "800x600", ["format"] = "webp" });

        var image = result.StructuredContent!.Value.GetProperty("images").EnumerateArray().ShouldHaveSingleItem();
        (image.GetProperty("width").GetInt32(), image.GetProperty("height").GetInt32()).ShouldBe((800, 600));
        var listed = await server.Client.CallToolAsync("list_images", cancellationToken: Cancellation);
        listed.StructuredContent!.Value.GetProperty("images").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task The_same_call_again_after_its_images_were_returned_makes_new_ones()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);

        var first = await CallAsync(server, new() { ["prompt"] = "a lighthouse" });
        var second = await CallAsync(server, new() { ["prompt"] = "a lighthouse" });

        Id(first).ShouldNotBe(Id(second));
    }

    [Fact]
    public async Task A_call_that_outlives_its_wait_says_how_to_go_on_and_the_same_call_joins_the_job()
    {
        await using var server = await McpHost.StartAsync([("GPTIMAGE2_SKETCH__DELAYSECONDS", "1"), ("GPTIMAGE2_JOBS__WAITSECONDS", "0")], cancellationToken: Cancellation);
        var first = await CallAsync(server, new() { ["prompt"] = "a lighthouse" });
        var job = first.StructuredContent!.Value.GetProperty("job");
        job.GetProperty("status").GetString().ShouldBeOneOf("queued", "running");

        CallToolResult again;
        do
        {
            again = await CallAsync(server, new() { ["prompt"] = "a lighthouse" });
        }
        while (again.StructuredContent!.Value.GetProperty("images").GetArrayLength() is 0);

        again.StructuredContent.Value.GetProperty("job").GetProperty("id").GetString().ShouldBe(job.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Calls_beyond_those_that_may_draw_at_once_say_how_many_come_before_them()
    {
        await using var server = await McpHost.StartAsync(
            [("GPTIMAGE2_SKETCH__DELAYSECONDS", "600"), ("GPTIMAGE2_JOBS__WAITSECONDS", "0"), ("GPTIMAGE2_JOBS__CONCURRENCY", "1")], cancellationToken: Cancellation);

        await UntilToldAsync(server, "a fox", "running", "is drawing");
        await UntilToldAsync(server, "an owl", "queued", "waiting for sketch, next in line");
        await UntilToldAsync(server, "a hare", "queued", "waiting for sketch, 1 before this one");
    }

    [Fact]
    public async Task View_none_shows_nothing_and_full_shows_the_very_file()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);

        var none = await CallAsync(server, new() { ["prompt"] = "a lighthouse", ["view"] = "none" });
        var full = await CallAsync(server, new() { ["prompt"] = "a lighthouse", ["view"] = "full" });

        none.Content.OfType<ImageContentBlock>().ShouldBeEmpty();
        var path = full.StructuredContent!.Value.GetProperty("images")[0].GetProperty("path").GetString()!;
        full.Content.OfType<ImageContentBlock>().Single().DecodedData.ToArray().ShouldBe(await File.ReadAllBytesAsync(path, Cancellation));
    }

    [Fact]
    public async Task A_backend_that_fails_is_a_failure_that_programs_can_read()
    {
        await using var server = await McpHost.StartAsync([("GPTIMAGE2_SKETCH__FAILS", "true")], cancellationToken: Cancellation);

        var result = await CallAsync(server, new() { ["prompt"] = "a lighthouse" });

        result.IsError.ShouldBe(true);
        var failure = result.StructuredContent!.Value.GetProperty("failure");
        failure.GetProperty("code").GetString().ShouldBe("service_failed");
        failure.GetProperty("billed").GetString().ShouldBe("no");
    }

    [Fact]
    public async Task Nothing_above_the_cap_is_sent()
    {
        await using var server = await McpHost.StartAsync([("OPENAI_API_KEY", "sk-none"), ("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")], cancellationToken: Cancellation);

        var result = await CallAsync(server, new() { ["prompt"] = "a lighthouse", ["preset"] = "wide_4k", ["quality"] = "high", ["count"] = 10 });

        Text(result).ShouldContain("GPTIMAGE2_SPENDING__PERCALLUSD");
        result.StructuredContent!.Value.GetProperty("failure").GetProperty("code").GetString().ShouldBe("spending_refused");
    }

    private static Task<CallToolResult> CallAsync(McpHost server, Dictionary<string, object?> arguments) =>
        server.Client.CallToolAsync("generate_image", arguments, cancellationToken: Cancellation).AsTask();

    /// <summary>The same call joins its job, so it may be made until the job is where it goes.</summary>
    private static async Task UntilToldAsync(McpHost server, string prompt, string status, string words)
    {
        using var patience = new CancellationTokenSource(TestTimeouts.Safety);
        var told = await CallAsync(server, new() { ["prompt"] = prompt });
        while (!Text(told).Contains(words, StringComparison.Ordinal) && !patience.IsCancellationRequested)
        {
            told = await CallAsync(server, new() { ["prompt"] = prompt });
        }

        Text(told).ShouldContain(words);
        told.StructuredContent!.Value.GetProperty("job").GetProperty("status").GetString().ShouldBe(status);
    }

    private static string Text(CallToolResult result) => result.Content.OfType<TextContentBlock>().First().Text;

    private static string Id(CallToolResult result) => result.StructuredContent!.Value.GetProperty("images")[0].GetProperty("id").GetString()!;
}
