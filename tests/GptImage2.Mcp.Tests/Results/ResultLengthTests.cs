using GptImage2.Testing.Hosts;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Results;

/// <summary>What a model reads of a result: every character of it stays in its context.</summary>
public sealed class ResultLengthTests
{
    /// <summary>Where images usually are is longer than where those of a test are.</summary>
    private const string UsualRoot = "/home/somebody/Pictures/gpt-image-2";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_typical_answer_is_short()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);

        var made = await MakeAsync(server, count: 1, preset: "wide_4k");

        AsUsual(server, made.Text).Length.ShouldBeLessThan(450);
    }

    [Fact]
    public async Task Ten_images_are_said_in_few_words_links_included()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);

        var made = await MakeAsync(server, count: 10, preset: "square");

        made.Images.Length.ShouldBe(10);
        (AsUsual(server, made.Text).Length + Links(made).Sum(link => $"uri: {link.Uri}, name: {link.Name}".Length)).ShouldBeLessThan(1200);
        foreach (var path in made.Json.GetProperty("images").EnumerateArray().Select(image => image.GetProperty("path").GetString()!))
        {
            made.Text.ShouldMatch($@"(?m)^\d+\. img_\w+ {Regex.Escape(Path.GetFileName(path))}$");
            made.Text.ShouldContain($"in {Path.GetDirectoryName(path)}:");
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(4, 0)]
    public async Task Only_few_images_are_linked(int count, int links)
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);

        Links(await MakeAsync(server, count, "square")).Length.ShouldBe(links);
    }

    [Fact]
    public async Task An_answer_about_a_job_that_runs_is_short()
    {
        await using var server = await McpHost.StartAsync([("GPTIMAGE2_JOBS__WAITSECONDS", "0"), ("GPTIMAGE2_SKETCH__DELAYSECONDS", "600")], cancellationToken: Cancellation);

        var running = await MakeAsync(server, count: 1, preset: "square");
        var later = await server.CheckAsync(running.JobId, wait: 0);

        later.Text.Length.ShouldBeLessThan(300);
    }

    [Fact]
    public async Task What_is_true_of_every_large_size_is_said_once_a_session()
    {
        const string Experimental = "what the vendor calls experimental";
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        await using var another = await McpHost.StartAsync(root: server.Root, cancellationToken: Cancellation);

        var plan = await server.MakeAsync(new(McpCallExtensions.Fox) { ["preset"] = "wide_4k", ["dry_run"] = true });
        var made = await MakeAsync(server, count: 1, preset: "tall_4k");
        var seen = await server.CheckAsync(made.JobId, wait: 0);
        var elsewhere = await another.CheckAsync(made.JobId, wait: 0);

        plan.Text.ShouldContain(Experimental);
        plan.Warnings.ShouldHaveSingleItem().ShouldContain(Experimental);
        made.Warnings.ShouldBeEmpty();
        made.Text.ShouldNotContain("experimental");
        seen.Text.ShouldNotContain("experimental");
        elsewhere.Text.ShouldContain(Experimental);
    }

    [Fact]
    public async Task What_is_true_of_one_call_is_said_with_each()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        Dictionary<string, object?> call = new(McpCallExtensions.Fox) { ["resize_to"] = "4000x4000" };

        var plan = await server.MakeAsync(new(call) { ["dry_run"] = true });
        var made = await server.MakeAsync(call);

        plan.Text.ShouldContain("will be softer");
        made.Text.ShouldContain("will be softer");
    }

    private static Task<CallToolResult> MakeAsync(McpHost server, int count, string preset) =>
        server.MakeAsync(new() { ["prompt"] = "A red fox asleep under an old oak, morning light", ["quality"] = "low", ["count"] = count, ["preset"] = preset });

    private static string AsUsual(McpHost server, string text) => text.Replace(server.Root, UsualRoot);

    private static ResourceLinkBlock[] Links(CallToolResult result) => [.. result.Content.OfType<ResourceLinkBlock>()];
}
