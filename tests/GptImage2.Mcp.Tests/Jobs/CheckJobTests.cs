using GptImage2.Testing.Hosts;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Responses;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Jobs;

/// <summary>What takes longer than a call waits for, and how it is collected.</summary>
public sealed class CheckJobTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _draw = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StrictOpenAI? _service;

    private StrictOpenAI Service => _service!;

    public async ValueTask InitializeAsync()
    {
        _service = await StrictOpenAI.StartAsync();
        _service.DefaultResponse = new ScriptedResponse { StartSignal = _draw.Task };
    }

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    [Fact]
    public async Task A_running_call_says_its_stage_and_the_exact_next_call_which_collects()
    {
        await using var server = await StartAsync();

        var running = await server.MakeAsync(McpCallExtensions.Fox);
        await Service.WaitForRequestsAsync(1);
        var next = running.Json.GetProperty("next").EnumerateArray().ShouldHaveSingleItem();
        var during = await server.CheckAsync(running.JobId, wait: 0);
        _draw.SetResult();
        var done = await server.UseAsync(next.GetProperty("tool").GetString()!, next.GetProperty("arguments").Deserialize<Dictionary<string, object?>>()!);

        running.IsError.ShouldNotBe(true);
        running.Text.ShouldContain($"check_job with job \"{running.JobId}\"");
        during.Text.ShouldMatch("sending the request|is drawing");
        during.Images.ShouldBeEmpty();
        done.Status.ShouldBe("done");
        done.JobId.ShouldBe(running.JobId);
        done.Images.ShouldHaveSingleItem();
        done.Content.OfType<ImageContentBlock>().ShouldHaveSingleItem();
        Service.Orders.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Waits_until_the_job_is_over()
    {
        await using var server = await StartAsync();
        var running = await server.MakeAsync(McpCallExtensions.Fox);
        await Service.WaitForRequestsAsync(1);

        var waiting = server.CheckAsync(running.JobId, wait: 45);
        (await server.UseAsync("list_presets", [])).IsError.ShouldNotBe(true);
        waiting.IsCompleted.ShouldBeFalse();
        _draw.SetResult();

        (await waiting).Status.ShouldBe("done");
    }

    [Fact]
    public async Task A_job_that_was_collected_can_be_looked_at_again()
    {
        _draw.SetResult();
        await using var server = await StartAsync(wait: 45);
        var made = await server.MakeAsync(McpCallExtensions.Fox);

        var again = await server.CheckAsync(made.JobId, wait: 0);

        again.Status.ShouldBe("done");
        again.Images.ShouldBe(made.Images);
    }

    [Fact]
    public async Task From_the_second_time_on_it_says_what_similar_ones_took()
    {
        Service.Enqueue(ScriptedResponse.Images);
        await using var server = await StartAsync();
        var first = await server.MakeAsync(McpCallExtensions.Fox);
        first.Text.ShouldNotContain("Similar ones");
        await server.CheckAsync(first.JobId, wait: 45);

        var second = await server.MakeAsync(new(McpCallExtensions.Fox) { ["prompt"] = "a second fox" });

        second.Text.ShouldContain("Similar ones took");
    }

    [Theory]
    [InlineData("job_nowhere")]
    [InlineData("img_abcdefghijklmnop")]
    [InlineData("")]
    public async Task An_id_that_is_no_jobs_is_explained(string id)
    {
        await using var server = await StartAsync();

        var result = await server.CheckAsync(id, wait: 0);

        result.IsError.ShouldBe(true);
        result.Text.ShouldContain("job: expected");
        result.Text.ShouldContain("list_images");
    }

    [Theory]
    [InlineData("id", "job")]
    [InlineData("task_id", "job")]
    [InlineData("job_id", "job")]
    public async Task Names_that_others_use_are_put_right(string written, string meant)
    {
        await using var server = await StartAsync();

        var result = await server.UseAsync("check_job", new() { [written] = "7", ["job"] = "job_nowhere" });

        result.Text.ShouldContain($"{written}: expected the argument {meant}");
    }

    [Theory]
    [InlineData(46)]
    [InlineData(-1)]
    public async Task Nobody_waits_longer_than_clients_do(int seconds)
    {
        await using var server = await StartAsync();

        (await server.CheckAsync("job_nowhere", wait: seconds)).Text.ShouldContain("wait_seconds: expected");
    }

    [Fact]
    public async Task What_was_sent_goes_on_after_a_cancel_and_the_answer_says_why_and_how_to_change_that()
    {
        await using var server = await StartAsync();
        var running = await server.MakeAsync(McpCallExtensions.Fox);
        await Service.WaitForRequestsAsync(1);

        var cancelled = await server.CheckAsync(running.JobId, wait: 0, cancel: true);
        _draw.SetResult();
        var done = await server.CheckAsync(running.JobId, wait: 45);

        cancelled.IsError.ShouldNotBe(true);
        cancelled.Status.ShouldBe("running");
        cancelled.Text.ShouldStartWith("Too late to cancel");
        cancelled.Text.ShouldContain("billed anyway");
        cancelled.Text.ShouldContain("GPTIMAGE2_JOBS__ONCANCEL=abort");
        done.Images.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Where_the_user_wants_it_a_cancel_closes_the_connection_and_the_answer_says_what_that_saves()
    {
        await using var server = await StartAsync(more: ("GPTIMAGE2_JOBS__ONCANCEL", "abort"));
        var running = await server.MakeAsync(McpCallExtensions.Fox);
        await Service.WaitForRequestsAsync(1);

        var cancelled = await server.CheckAsync(running.JobId, wait: 45, cancel: true);
        await Service.Requests[0].Gone.WaitAsync(Cancellation);

        cancelled.IsError.ShouldNotBe(true);
        cancelled.Status.ShouldBe("cancelled");
        cancelled.Text.ShouldBe("Cancelled while the service was drawing. The service may bill it all the same, at most $0.0059; what it still draws is lost.");
        cancelled.Json.GetProperty("failure").GetProperty("billed").GetString().ShouldBe("unknown");
    }

    [Theory]
    [InlineData("finish")]
    [InlineData("abort")]
    public async Task A_job_that_waits_for_its_turn_is_cancelled_and_costs_nothing(string policy)
    {
        await using var server = await StartAsync(more: [("GPTIMAGE2_JOBS__ONCANCEL", policy), ("GPTIMAGE2_JOBS__CONCURRENCY", "1")]);
        await server.MakeAsync(McpCallExtensions.Fox);
        await Service.WaitForRequestsAsync(1);
        var queued = await server.MakeAsync(new(McpCallExtensions.Fox) { ["prompt"] = "a second fox" });

        var cancelled = await server.UseAsync("check_job", new() { ["job"] = queued.JobId, ["cancel"] = true });
        var later = await server.CheckAsync(queued.JobId, wait: 0);
        var again = await server.CheckAsync(queued.JobId, wait: 0, cancel: true);

        cancelled.IsError.ShouldNotBe(true);
        cancelled.Status.ShouldBe("cancelled");
        cancelled.Text.ShouldBe("Cancelled; nothing was spent.");
        cancelled.Warnings.ShouldBeEmpty();
        later.IsError.ShouldNotBe(true);
        later.Text.ShouldBe("Cancelled; nothing was spent.");
        again.Text.ShouldBe("It was over before.\nCancelled; nothing was spent.");
        Service.Orders.Count.ShouldBe(1);
        _draw.SetResult();
    }

    [Fact]
    public async Task A_job_of_another_process_is_waited_for_and_collected()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync(root: first.Root);
        var running = await first.MakeAsync(McpCallExtensions.Fox);
        await Service.WaitForRequestsAsync(1);

        var joined = await second.MakeAsync(McpCallExtensions.Fox);
        var waiting = second.CheckAsync(running.JobId, wait: 45);
        var kept = await second.CheckAsync(running.JobId, wait: 0, cancel: true);
        _draw.SetResult();
        var done = await waiting;

        joined.JobId.ShouldBe(running.JobId);
        kept.Status.ShouldBe("running");
        kept.IsError.ShouldNotBe(true);
        kept.Text.ShouldStartWith("Not cancelled: another server runs it");
        done.Status.ShouldBe("done");
        done.Images.ShouldHaveSingleItem();
        File.Exists(done.Json.GetProperty("images")[0].GetProperty("path").GetString()).ShouldBeTrue();
        Service.Orders.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_second_call_of_another_process_after_the_images_were_collected_draws_again()
    {
        _draw.SetResult();
        await using var first = await StartAsync(wait: 45);
        await using var second = await StartAsync(wait: 45, root: first.Root);

        var made = await first.MakeAsync(McpCallExtensions.Fox);

        // The server's next call waits until it is recorded that the client has the images.
        await first.UseAsync("list_images", []);
        var again = await second.MakeAsync(McpCallExtensions.Fox);

        again.JobId.ShouldNotBe(made.JobId);
        Service.Orders.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Fresh_never_joins_and_both_jobs_end_and_are_settled()
    {
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Service.Enqueue(new ScriptedResponse { StartSignal = first.Task });
        await using var server = await StartAsync();
        var running = await server.MakeAsync(McpCallExtensions.Fox);
        await Service.WaitForRequestsAsync(1);

        var twin = await server.MakeAsync(McpCallExtensions.Fox);
        var fresh = await server.MakeAsync(new(McpCallExtensions.Fox) { ["fresh"] = true });
        await Service.WaitForRequestsAsync(2);
        first.SetResult();
        var older = await server.CheckAsync(running.JobId, wait: 45);
        _draw.SetResult();
        var newer = await server.CheckAsync(fresh.JobId, wait: 45);

        twin.JobId.ShouldBe(running.JobId);
        fresh.JobId.ShouldNotBe(running.JobId);
        newer.Images.ShouldNotBe(older.Images);
        var spending = (await server.UseAsync("list_presets", new() { ["topic"] = "spending" })).Json.GetProperty("spending");
        spending.GetProperty("reserved_usd").GetDecimal().ShouldBe(0);
        spending.GetProperty("days")[0].GetProperty("calls").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_call_that_was_cancelled_has_collected_nothing_and_the_next_is_given_its_image()
    {
        await using var server = await StartAsync(wait: 45);
        using var impatient = new CancellationTokenSource();
        var call = server.Client.CallToolAsync("generate_image", McpCallExtensions.Fox, cancellationToken: impatient.Token);
        await Service.WaitForRequestsAsync(1);
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(call.AsTask());
        _draw.SetResult();

        var again = await server.MakeAsync(McpCallExtensions.Fox);
        var third = await server.MakeAsync(McpCallExtensions.Fox);

        again.Images.ShouldHaveSingleItem();
        third.Images.ShouldNotBe(again.Images);
        Service.Orders.Count.ShouldBe(2);
    }

    private Task<McpHost> StartAsync(int wait = 0, string? root = null, params (string, string)[] more) => McpHost.StartAsync(
        McpCallExtensions.Settings(Service, [("GPTIMAGE2_JOBS__WAITSECONDS", $"{wait}"), .. more]),
        root: root,
        cancellationToken: Cancellation);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
