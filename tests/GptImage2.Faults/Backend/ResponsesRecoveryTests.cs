using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI.StrictResponses;

namespace GptImage2.Faults.Backend;

/// <summary>A server that dies while OpenAI draws in the background: the next one has the images, and nothing is ordered twice.</summary>
public sealed class ResponsesRecoveryTests : IDisposable
{
    private readonly TestFolders _folders = new();

    [Fact]
    public async Task A_job_of_a_server_that_was_killed_after_its_order_is_finished_by_the_next()
    {
        var done = new TaskCompletionSource();
        await using var service = await StrictResponsesApi.StartAsync();
        service.Enqueue(new ResponseScript { Done = done.Task });
        string job;
        await using (var killed = await StartAsync(service))
        {
            job = await BeginAsync(killed, new JsonObject { ["prompt"] = "a fox that outlives us" });
            await service.WaitForPollAsync(TestContext.Current.CancellationToken);
            killed.Kill();
        }

        done.SetResult();
        await using var next = await StartAsync(service);
        var reply = await next.CallAsync("check_job", new JsonObject { ["job"] = job });

        reply.IsError.ShouldBeFalse(reply.Text);
        reply.Structured.GetProperty("job").GetProperty("status").GetString().ShouldBe("done");
        reply.Structured.GetProperty("cost").GetProperty("certainty").GetString().ShouldBe("known");
        var response = service.Books.ShouldHaveSingleItem();
        (await File.ReadAllBytesAsync(_folders.ListImages().ShouldHaveSingleItem(), TestContext.Current.CancellationToken)).ShouldBe(response.Image);
        service.Orders.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_same_call_again_joins_what_the_next_server_takes_up()
    {
        var done = new TaskCompletionSource();
        await using var service = await StrictResponsesApi.StartAsync();
        service.Enqueue(new ResponseScript { Done = done.Task });
        await using (var killed = await StartAsync(service))
        {
            await BeginAsync(killed, new JsonObject { ["prompt"] = "the same fox" });
            await service.WaitForPollAsync(TestContext.Current.CancellationToken);
            killed.Kill();
        }

        done.SetResult();
        await using var next = await StartAsync(service, waitSeconds: "600");
        var reply = await next.CallAsync("generate_image", new JsonObject { ["prompt"] = "the same fox" });

        reply.IsError.ShouldBeFalse(reply.Text);
        service.Books.ShouldHaveSingleItem();
        (await File.ReadAllBytesAsync(_folders.ListImages().ShouldHaveSingleItem(), TestContext.Current.CancellationToken)).ShouldBe(service.Books[0].Image);
    }

    [Fact]
    public async Task Of_several_images_those_that_were_stored_stay_and_the_others_come()
    {
        var done = new TaskCompletionSource();
        await using var service = await StrictResponsesApi.StartAsync();
        service.Enqueue(ResponseScript.Draws with { Polls = 1 }, new ResponseScript { Done = done.Task }, new ResponseScript { Done = done.Task });
        string job;
        await using (var killed = await StartAsync(service))
        {
            job = await BeginAsync(killed, new JsonObject { ["prompt"] = "three foxes", ["count"] = 3 });

            // Three orders, the first image, and a question about the second.
            await service.WaitForRequestsAsync(5);
            killed.Kill();
        }

        done.SetResult();
        await using var next = await StartAsync(service);
        var reply = await next.CallAsync("check_job", new JsonObject { ["job"] = job });

        reply.Structured.GetProperty("job").GetProperty("status").GetString().ShouldBe("done", reply.Text);
        service.Books.Count.ShouldBe(3);
        service.Books[0].Polls.ShouldBe(1);
        _folders.ListImages().Select(file => Convert.ToHexString(File.ReadAllBytes(file))).Order()
            .ShouldBe(service.Books.Select(response => Convert.ToHexString(response.Image)).Order());
    }

    [Fact]
    public async Task An_order_whose_answer_died_with_the_server_is_uncertain_and_is_not_sent_again()
    {
        await using var service = await StrictResponsesApi.StartAsync();
        service.Enqueue(new ResponseScript { AnswerSignal = new TaskCompletionSource().Task });
        string job;
        await using (var killed = await StartAsync(service))
        {
            job = await BeginAsync(killed, new JsonObject { ["prompt"] = "a lost fox" });
            await service.WaitForRequestsAsync(1);
            killed.Kill();
        }

        await using var next = await StartAsync(service);
        var reply = await next.CallAsync("check_job", new JsonObject { ["job"] = job });

        reply.IsError.ShouldBeTrue(reply.Text);
        reply.Text.ShouldContain("keeps no list of responses");
        reply.Structured.GetProperty("failure").GetProperty("billed").GetString().ShouldBe("unknown");
        service.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_server_that_ends_in_peace_leaves_its_job_to_the_next()
    {
        var done = new TaskCompletionSource();
        await using var service = await StrictResponsesApi.StartAsync();
        service.Enqueue(new ResponseScript { Done = done.Task });
        string job;
        await using (var ending = await StartAsync(service))
        {
            job = await BeginAsync(ending, new JsonObject { ["prompt"] = "a patient fox" });
            await service.WaitForPollAsync(TestContext.Current.CancellationToken);
            await ending.CloseInputAsync();
            (await ending.ExitAsync()).ShouldBe(0);
        }

        done.SetResult();
        await using var next = await StartAsync(service);
        var reply = await next.CallAsync("check_job", new JsonObject { ["job"] = job });

        reply.Structured.GetProperty("job").GetProperty("status").GetString().ShouldBe("done", reply.Text);
        service.Books.ShouldHaveSingleItem().IsCancelled.ShouldBeFalse();
        (await File.ReadAllBytesAsync(_folders.ListImages().ShouldHaveSingleItem(), TestContext.Current.CancellationToken)).ShouldBe(service.Books[0].Image);
    }

    [Fact]
    public async Task A_job_that_is_cancelled_is_cancelled_at_the_service()
    {
        await using var service = await StrictResponsesApi.StartAsync();
        service.Enqueue(new ResponseScript { Done = new TaskCompletionSource().Task });
        await using var server = await StartAsync(service, onCancel: "abort");
        var job = await BeginAsync(server, new JsonObject { ["prompt"] = "an unwanted fox" });
        await service.WaitForPollAsync(TestContext.Current.CancellationToken);

        await server.CallAsync("check_job", new JsonObject { ["job"] = job, ["cancel"] = true });

        service.Books.ShouldHaveSingleItem().IsCancelled.ShouldBeTrue();
    }

    public void Dispose() => _folders.Dispose();

    private async Task<ServerProcess> StartAsync(StrictResponsesApi service, string waitSeconds = "0", string onCancel = "finish")
    {
        var server = ServerProcess.Start(_folders,
        [
            ("OPENAI_API_KEY", service.ApiKey),
            ("OPENAI_BASE_URL", service.BaseUrl.AbsoluteUri),
            ("GPTIMAGE2_OPENAI__TRANSPORT", "responses"),
            ("GPTIMAGE2_SPENDING__PERCALLUSD", "none"),
            ("GPTIMAGE2_JOBS__WAITSECONDS", waitSeconds),
            ("GPTIMAGE2_JOBS__DRAINSECONDS", "0"),
            ("GPTIMAGE2_JOBS__ONCANCEL", onCancel),
        ]);
        await server.InitializeAsync();
        return server;
    }

    /// <returns>The job's id.</returns>
    private static async Task<string> BeginAsync(ServerProcess server, JsonObject arguments)
    {
        var reply = await server.CallAsync("generate_image", arguments);
        return reply.Structured.GetProperty("job").GetProperty("id").GetString() ?? throw new InvalidOperationException(reply.Text);
    }
}
