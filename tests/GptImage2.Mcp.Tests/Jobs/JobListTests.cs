using GptImage2.Generation.Errors;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Mcp.Jobs;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Responses;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Mcp.Tests.Jobs;

/// <summary>Jobs without their ids: the list of them, the last one, and an id that is almost right.</summary>
public sealed class JobListTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _draw = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StrictOpenAI? _service;

    private StrictOpenAI Service => _service!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _service = await StrictOpenAI.StartAsync();

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    [Fact]
    public async Task Without_a_job_those_that_run_are_listed_before_those_that_ended()
    {
        await using var server = await StartAsync();
        var first = await EndAsync(server, "an old fox");
        var running = await StartJobAsync(server, "a fox in the snow");
        var last = await EndAsync(server, "a new fox");

        var list = await server.UseAsync("check_job", []);

        list.IsError.ShouldNotBe(true);
        var jobs = list.Json.GetProperty("jobs").EnumerateArray().ToArray();
        jobs.Select(job => job.GetProperty("id").GetString()).ShouldBe([running, last, first]);
        jobs.Select(job => job.GetProperty("status").GetString()).ShouldBe(["running", "done", "done"]);
        jobs[0].GetProperty("tool").GetString().ShouldBe("generate_image");
        list.Text.ShouldStartWith("1 job is running:");
        list.Text.ShouldMatch($"(?m)^{running} generate_image: .*, started \\d+ s ago, 0 of 1 image, \"a fox in the snow\"$");
        list.Text.ShouldEndWith($"Next: check_job with job \"{running}\" waits for it; with cancel: true it ends it.");
        list.Json.GetProperty("next")[0].GetProperty("arguments").GetProperty("job").GetString().ShouldBe(running);
    }

    [Fact]
    public async Task A_list_without_jobs_says_so()
    {
        await using var server = await StartAsync();

        var list = await server.UseAsync("check_job", []);

        list.Text.ShouldStartWith("There are no jobs yet");
        list.Json.GetProperty("jobs").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("last")]
    [InlineData("latest")]
    [InlineData(" Newest ")]
    public async Task The_last_job_needs_no_id(string word)
    {
        await using var server = await StartAsync();
        await EndAsync(server, "an old fox");
        var last = await EndAsync(server, "a new fox");

        (await server.CheckAsync(word, wait: 45)).JobId.ShouldBe(last);
    }

    [Theory]
    [InlineData("last")]
    [InlineData(null)]
    public async Task The_only_job_that_runs_is_cancelled_without_its_id(string? job)
    {
        await using var server = await StartAsync(("GPTIMAGE2_JOBS__ONCANCEL", "abort"));
        var running = await StartJobAsync(server, "a fox");
        await EndAsync(server, "a newer fox that has ended");

        var cancelled = await server.UseAsync("check_job", new() { ["job"] = job, ["cancel"] = true });

        cancelled.JobId.ShouldBe(running);
        cancelled.Status.ShouldBe("cancelled");
    }

    [Fact]
    public async Task Of_several_that_run_none_is_cancelled_without_its_id()
    {
        await using var server = await StartAsync(("GPTIMAGE2_JOBS__ONCANCEL", "abort"));
        var first = await StartJobAsync(server, "a red fox");
        var second = await StartJobAsync(server, "a grey fox");

        var refused = await server.CheckAsync("last", wait: 0, cancel: true);

        refused.IsError.ShouldBe(true);
        refused.Text.ShouldStartWith("job: expected the id of one of the 2 jobs that run");
        refused.Text.ShouldContain($"{first} (\"a red fox\")");
        refused.Text.ShouldContain($"{second} (\"a grey fox\")");
        (await server.CheckAsync(first, wait: 0)).Status.ShouldBe("running");
    }

    [Fact]
    public async Task Where_none_runs_there_is_nothing_to_cancel()
    {
        await using var server = await StartAsync();
        var done = await EndAsync(server, "a fox");

        var nothing = await server.CheckAsync("last", wait: 0, cancel: true);
        var over = await server.CheckAsync(done, wait: 0, cancel: true);

        nothing.IsError.ShouldNotBe(true);
        nothing.Text.ShouldStartWith("Nothing to cancel.\nNo job is running.");
        over.IsError.ShouldNotBe(true);
        over.Text.ShouldStartWith("Nothing to cancel: it was over before.\nMade 1 image");
        over.Images.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_unknown_id_is_called_unknown_and_the_nearest_is_named()
    {
        await using var server = await StartAsync();
        var done = await EndAsync(server, "a fox");

        var near = await server.CheckAsync(done[..^1], wait: 0);
        var far = await server.CheckAsync("job_zzzzzzzzzzzzzzzz", wait: 0);

        near.IsError.ShouldBe(true);
        near.Text.ShouldContain($"which is unknown. Nearest: {done}.");
        near.Json.GetProperty("failure").GetProperty("nearest").GetString().ShouldBe(done);
        far.Text.ShouldContain("which is unknown. check_job without job lists all.");
    }

    [Fact]
    public async Task What_was_cancelled_on_the_way_is_called_cancelled()
    {
        await using var server = await StartAsync();
        await EndAsync(server, "a fox");
        var done = (await server.Services.GetRequiredService<JobQueries>().ListAsync(Caller.Local, 1, Cancellation)).Single();
        var cancelled = done with { Status = JobStatus.Partial, Failure = new Failure { Code = FailureCode.Cancelled, Message = "cancelled" } };

        JobList.Create([cancelled], done.Started, preface: null).Text.ShouldContain($"{done.Id} generate_image: cancelled, started ");
    }

    [Fact]
    public async Task A_background_that_could_not_be_removed_is_not_called_removed()
    {
        await using var server = await StartAsync();
        server.PutIntoInbox("photo.png", NoisePng.Create(new Dimensions(64, 64), 1));
        var job = (await server.UseAsync("remove_background", new() { ["image"] = "photo.png" })).JobId;
        (await server.CheckAsync(job, wait: 45)).Status.ShouldBe("failed");

        var list = await server.UseAsync("check_job", []);

        list.Text.ShouldMatch($"(?m)^{job} remove_background: failed, started \\d+ s ago, 0 of 1 image, \"photo.png\"$");
        list.Text.ShouldNotContain("removed");
        list.Json.GetProperty("jobs")[0].GetProperty("image").GetString().ShouldBe("photo.png");
    }

    private static async Task<string> EndAsync(McpHost server, string prompt)
    {
        var job = (await server.MakeAsync(new(McpCallExtensions.Fox) { ["prompt"] = prompt })).JobId;
        (await server.CheckAsync(job, wait: 45)).Status.ShouldBe("done");
        return job;
    }

    /// <summary>A job that draws until the test ends.</summary>
    private async Task<string> StartJobAsync(McpHost server, string prompt)
    {
        var before = Service.Requests.Count;
        Service.Enqueue(new ScriptedResponse { StartSignal = _draw.Task });
        var job = (await server.MakeAsync(new(McpCallExtensions.Fox) { ["prompt"] = prompt })).JobId;
        await Service.WaitForRequestsAsync(before + 1);
        return job;
    }

    private Task<McpHost> StartAsync(params (string, string)[] more) => McpHost.StartAsync(
        McpCallExtensions.Settings(Service, [("GPTIMAGE2_JOBS__WAITSECONDS", "0"), .. more]), cancellationToken: Cancellation);
}
