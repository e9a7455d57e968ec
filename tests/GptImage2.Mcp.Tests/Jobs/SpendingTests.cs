using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Spending;
using GptImage2.Mcp.Tests.Tools.Arguments.Generators;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Accounting;
using GptImage2.Testing.OpenAI.Requests;
using GptImage2.Testing.OpenAI.Responses;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Mcp.Tests.Jobs;

/// <summary>What the studio says was spent, against the books of the service's stand-in.</summary>
public sealed class SpendingTests : IAsyncLifetime
{
    private StrictOpenAI? _service;

    private StrictOpenAI Service => _service!;

    public async ValueTask InitializeAsync() => _service = await StrictOpenAI.StartAsync();

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    [Fact]
    public async Task Before_anything_was_spent_it_says_so()
    {
        await using var server = await StartAsync();

        var result = await server.UseAsync("list_presets", new() { ["topic"] = "spending" });

        result.Text.ShouldContain("$0.00 of $10.00");
        result.Text.ShouldContain("Nothing was spent");
        result.Json.GetProperty("spending").GetProperty("days").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Sums_are_exactly_what_the_service_billed()
    {
        await using var server = await StartAsync();
        await server.MakeAsync(McpCallExtensions.Fox);
        await server.MakeAsync(new() { ["prompt"] = "two owls", ["count"] = 2 });
        await server.UseAsync("edit_with_references", new() { ["prompt"] = "a fox", ["quality"] = "low", ["references"] = new object[] { new Dictionary<string, object?> { ["image"] = Image } } });

        var spending = await ReadAsync(server);

        var (generated, edited) = (Service.Orders.Take(2).Sum(Billed), Billed(Service.Orders[2]));
        Usd(spending, "spent_usd").ShouldBe(generated + edited);
        Usd(spending, "known_usd").ShouldBe(generated + edited);
        Usd(spending, "uncertain_usd").ShouldBe(0);
        Usd(spending, "reserved_usd").ShouldBe(0);
        Usd(spending, "cap_daily_usd").ShouldBe(10);
        spending.GetProperty("unpriced_calls").GetInt32().ShouldBe(0);
        Parts(spending, "by_tool", "tool").ShouldBe([("generate_image", generated, 2), ("edit_with_references", edited, 1)], ignoreOrder: true);
        Parts(spending, "by_model", "model").ShouldBe([("gpt-image-2", generated + edited, 3)]);
        var day = spending.GetProperty("days").EnumerateArray().ShouldHaveSingleItem();
        (day.GetProperty("day").GetString(), Usd(day, "known_usd"), day.GetProperty("calls").GetInt32()).ShouldBe((spending.GetProperty("day").GetString(), generated + edited, 3));
    }

    [Fact]
    public async Task The_topic_and_the_resource_say_the_same_and_the_resource_is_listed_first()
    {
        await using var server = await StartAsync();
        await server.MakeAsync(McpCallExtensions.Fox);

        var topic = await server.UseAsync("list_presets", new() { ["topic"] = "spending" });
        var listed = await server.Client.ListResourcesAsync(cancellationToken: Cancellation);

        listed.Select(resource => resource.Uri).ShouldContain("spend://summary");
        JsonElement.DeepEquals(topic.Json.GetProperty("spending"), await ReadAsync(server)).ShouldBeTrue();
        topic.Json.GetProperty("summary").GetString().ShouldBe(topic.Text);
        topic.Text.ShouldContain($"generate_image ${Billed(Service.Orders[0]):0.00##} in 1 call");
    }

    [Fact]
    public async Task What_a_lost_connection_may_have_cost_is_uncertain_and_a_refusal_costs_nothing()
    {
        Service.Enqueue(ScriptedResponse.Disconnect, ScriptedResponse.Error(400, "moderation_blocked", "Your request was rejected by the safety system."));
        await using var server = await StartAsync();
        var plan = await server.MakeAsync(new(McpCallExtensions.Fox) { ["dry_run"] = true });
        await server.MakeAsync(McpCallExtensions.Fox);
        await server.MakeAsync(new() { ["prompt"] = "an owl" });

        var spending = await ReadAsync(server);
        var topic = await server.UseAsync("list_presets", new() { ["topic"] = "spending" });

        Usd(spending, "known_usd").ShouldBe(0);
        Usd(spending, "uncertain_usd").ShouldBeGreaterThanOrEqualTo(Usd(plan.Json.GetProperty("cost"), "estimate_high"));
        Usd(spending, "spent_usd").ShouldBe(Usd(spending, "uncertain_usd"));
        topic.Text.ShouldContain($"Uncertain: ${Usd(spending, "uncertain_usd"):0.00##}");
    }

    [Fact]
    public async Task What_running_jobs_may_cost_is_reserved()
    {
        var draw = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Service.DefaultResponse = new ScriptedResponse { StartSignal = draw.Task };
        await using var server = await StartAsync(("GPTIMAGE2_JOBS__WAITSECONDS", "0"));
        var running = await server.MakeAsync(McpCallExtensions.Fox);

        var during = await ReadAsync(server);
        draw.SetResult();
        await server.CheckAsync(running.JobId, wait: 45);
        var after = await ReadAsync(server);

        Usd(during, "reserved_usd").ShouldBeGreaterThan(Billed(Service.Orders[0]));
        Usd(during, "spent_usd").ShouldBe(Usd(during, "reserved_usd"));
        Usd(after, "reserved_usd").ShouldBe(0);
        Usd(after, "spent_usd").ShouldBe(Billed(Service.Orders[0]));
    }

    [Fact]
    public async Task A_call_above_what_is_left_of_the_day_is_refused_with_the_cap_what_is_spent_and_when_it_ends()
    {
        await using var server = await StartAsync(("GPTIMAGE2_SPENDING__DAILYUSD", "0.10"));
        await server.MakeAsync(new() { ["prompt"] = "an owl" });

        var refused = await server.MakeAsync(new() { ["prompt"] = "a second owl" });

        refused.IsError.ShouldBe(true);
        refused.Text.ShouldContain($"${Billed(Service.Orders[0]):0.00##} of the $0.10 for today");
        refused.Text.ShouldContain("00:00 UTC");
        refused.Text.ShouldContain("GPTIMAGE2_SPENDING__DAILYUSD");
        refused.Json.GetProperty("failure").GetProperty("retry").GetString().ShouldBe("later");
        refused.Json.GetProperty("failure").GetProperty("retry_after_s").GetInt32().ShouldBeInRange(1, 24 * 60 * 60);
        Service.Orders.Count.ShouldBe(1);
        (await server.UseAsync("list_presets", new() { ["topic"] = "spending" })).Text.ShouldContain("of $0.10 are spent");
    }

    [Fact]
    public async Task The_last_thirty_days_are_reported_by_day_and_what_has_no_price_is_counted_and_in_no_sum()
    {
        await using var server = await StartAsync();
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        await AddAsync(server, today, CostCertainty.Known, reserved: 900_000, actual: 123_457);
        await AddAsync(server, today, CostCertainty.Bound, reserved: 200_000, actual: null);
        await AddAsync(server, today, CostCertainty.Uncertain, reserved: null, actual: null);
        await AddAsync(server, today.AddDays(-29), CostCertainty.Uncertain, reserved: 300_000, actual: null);
        await AddAsync(server, today.AddDays(-30), CostCertainty.Known, reserved: 900_000, actual: 1);

        var spending = await ReadAsync(server);
        var topic = await server.UseAsync("list_presets", new() { ["topic"] = "spending" });

        (Usd(spending, "known_usd"), Usd(spending, "uncertain_usd"), Usd(spending, "spent_usd")).ShouldBe((0.123457m, 0.2m, 0.323457m));
        spending.GetProperty("unpriced_calls").GetInt32().ShouldBe(1);
        spending.GetProperty("days").EnumerateArray().Select(day => (day.GetProperty("day").GetString(), Usd(day, "uncertain_usd"), day.GetProperty("calls").GetInt32()))
            .ShouldBe([($"{today:yyyy-MM-dd}", 0.2m, 3), ($"{today.AddDays(-29):yyyy-MM-dd}", 0.3m, 1)]);
        Parts(spending, "by_tool", "tool").ShouldBe([("generate_image", 0.623457m, 4)]);
        topic.Text.ShouldContain("in no sum: 1 call");
        topic.Text.ShouldContain("The last 30 days: $0.6235 in 4 calls, $0.50 of it uncertain");
    }

    private static async Task AddAsync(McpHost server, DateOnly day, CostCertainty certainty, long? reserved, long? actual)
    {
        var jobs = server.Services.GetRequiredService<IJobStore>();
        var id = Guid.CreateVersion7().ToString();
        var row = new JobRecord
        {
            Id = id,
            Owner = "local",
            DeduplicationKey = id,
            InstanceId = "none",
            Started = TimeProvider.System.GetUtcNow(),
            Kind = "test",
            State = "{}",
            Plan = "{}",
            Cost = new LedgerEntry { Day = day, Tool = "generate_image", Model = "gpt-image-2", Reserved = reserved },
        };
        (await jobs.TryStartAsync(row, new JobStartConditions(false, row.Started, row.Started, DailyCaps.None), Cancellation)).ShouldBeOfType<JobStartResult.Started>();
        await jobs.CompleteAsync(new JobCompletion(id, row.Started, "{}", Joinable: false, Duration: null, certainty, actual), Cancellation);
    }

    private Task<McpHost> StartAsync(params (string, string)[] more) => McpHost.StartAsync(McpCallExtensions.Settings(Service, more), cancellationToken: Cancellation);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Image => ReadOnlyToolArgumentGenerators.ImageDataUri;

    private static async Task<JsonElement> ReadAsync(McpHost server)
    {
        var read = await server.Client.ReadResourceAsync("spend://summary", cancellationToken: Cancellation);
        return JsonElement.Parse(read.Contents.OfType<ModelContextProtocol.Protocol.TextResourceContents>().Single().Text);
    }

    /// <summary>USD by the stand-in's own books and the published prices for a million tokens.</summary>
    private static decimal Billed(ImageOrder order) =>
        (TokenPricing.TextTokens(order) * 5m + TokenPricing.ImageTokens(order, order.Count) * 8m + TokenPricing.OutputTokens(order, order.Count, previews: 0) * 30m) / 1_000_000;

    private static decimal Usd(JsonElement json, string name) => json.GetProperty(name).GetDecimal();

    private static (string?, decimal, int)[] Parts(JsonElement spending, string list, string name) =>
        [.. spending.GetProperty(list).EnumerateArray().Select(part => (part.GetProperty(name).GetString(), Usd(part, "usd"), part.GetProperty("calls").GetInt32()))];
}
