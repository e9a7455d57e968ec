using GptImage2.Generation.Errors;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Jobs.Recovery;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Imaging;
using GptImage2.Testing.Rendering;

namespace GptImage2.Generation.Tests.Jobs.Recovery;

/// <summary>A service that keeps its requests has drawn on while nobody was there: the next server takes them up.</summary>
public sealed class ResumedJobTests
{
    private readonly ScriptedService _service = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(3, 3)]
    public async Task The_next_server_finishes_what_was_sent_and_sends_nothing(int count, int diesBefore)
    {
        await using var first = CreateHost();
        var job = await StartAndDieAsync(first, WorkflowHost.Request(count: count), diesBefore);
        await using var next = CreateHost(on: first);

        next.GetService<RecoveryService>().Start();
        var view = await WaitAsync(next, job);

        view.Status.ShouldBe(JobStatus.Done);
        view.Images.Select(image => image.Record.Number).Order().ShouldBe(Enumerable.Range(1, count));
        foreach (var image in view.Images)
        {
            File.ReadAllBytes(next.Store.GetAbsolutePath(image.Record.File)!).ShouldBe(ScriptedService.Draw(new Dimensions(1024, 640), image.Record.Number));
        }

        _service.Runs.ShouldBe(1);
        var entry = (await next.GetService<IJobStore>().ListLedgerAsync("local", DateOnly.MinValue, Cancellation)).ShouldHaveSingleItem();
        (entry.Certainty, entry.Actual, entry.Credits).ShouldBe((CostCertainty.Known, 120_000, 12m));
    }

    [Fact]
    public async Task Whoever_asks_for_it_sees_it_go_on()
    {
        await using var first = CreateHost();
        var job = await StartAndDieAsync(first, WorkflowHost.Request(), diesBefore: 1);
        await using var next = CreateHost(on: first);

        var view = await WaitAsync(next, job);

        view.Status.ShouldBe(JobStatus.Done);
        _service.Runs.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_request_again_joins_it()
    {
        await using var first = CreateHost();
        var job = await StartAndDieAsync(first, WorkflowHost.Request(), diesBefore: 1);
        await using var next = CreateHost(on: first);

        var view = await next.AskAsync(WorkflowHost.Request(), Cancellation);

        view.Id.ShouldBe(job);
        view.Status.ShouldBe(JobStatus.Done);
        _service.Runs.ShouldBe(1);
    }

    [Fact]
    public async Task It_is_finished_as_it_was_asked_for()
    {
        await using var first = CreateHost();
        var job = await StartAndDieAsync(first, WorkflowHost.Request(delivery: new() { ResizeTo = new Dimensions(500, 300) }), diesBefore: 1);
        await using var next = CreateHost(on: first);

        var view = await WaitAsync(next, job);

        view.Images.ShouldHaveSingleItem().Record.File.Size.ShouldBe(new Dimensions(500, 300));
    }

    [Fact]
    public async Task A_server_that_ends_says_that_the_next_one_has_the_images()
    {
        await using var first = CreateHost();
        var waiting = await StartAsync(first, WorkflowHost.Request(), diesBefore: 1);

        await first.Jobs.DrainAsync(TimeSpan.Zero);

        var view = await waiting;
        view.Status.ShouldBe(JobStatus.Interrupted);
        view.Failure!.Message.ShouldContain("check_job with its id then has the images, and so has the same call again");
        (await first.GetService<IJobStore>().FindJobAsync("local", view.Id, Cancellation))!.Ended.ShouldBeNull();
    }

    [Fact]
    public async Task Without_the_backend_it_ends_as_uncertain()
    {
        await using var first = CreateHost();
        var job = await StartAndDieAsync(first, WorkflowHost.Request(), diesBefore: 1);
        await using var other = new WorkflowHost(on: first);

        var view = await WaitAsync(other, job);

        view.Status.ShouldBe(JobStatus.Interrupted);
        view.Failure!.Billed.ShouldBe(Billing.Unknown);
    }

    private WorkflowHost CreateHost(WorkflowHost? on = null) => new(on: on, more: services => services.AddBackend(_service.CreateBackend()));

    /// <summary>Starts a job that hangs before one of its images, by number from 1.</summary>
    private async Task<Task<JobSnapshot>> StartAsync(WorkflowHost host, GenerateRequest request, int diesBefore)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _service.Before = (number, token) =>
        {
            if (number < diesBefore)
            {
                return Task.CompletedTask;
            }

            reached.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        };
        var asked = host.AskAsync(request, Cancellation);
        await reached.Task.WaitAsync(Cancellation);
        return asked;
    }

    /// <summary>The process is gone, and the service has drawn everything since.</summary>
    private async Task<string> StartAndDieAsync(WorkflowHost host, GenerateRequest request, int diesBefore)
    {
        var waiting = await StartAsync(host, request, diesBefore);
        await host.Jobs.DrainAsync(TimeSpan.Zero);
        var job = (await waiting).Id;
        var jobs = host.GetService<IJobStore>();
        var record = (await jobs.FindJobAsync("local", job, Cancellation))!;
        (await jobs.ClaimAsync(job, record.InstanceId, "a process that is gone", Cancellation)).ShouldBeTrue();
        _service.Before = (_, _) => Task.CompletedTask;
        return job;
    }

    private static async Task<JobSnapshot> WaitAsync(WorkflowHost host, string job)
    {
        var handle = (await host.Queries.FindAsync(Caller.Local, job, Cancellation))!;
        return await host.Queries.WaitAsync(handle, TimeSpan.FromMinutes(5), new Ignored(), Cancellation);
    }

    private sealed class Ignored : IProgress<JobSnapshot>
    {
        public void Report(JobSnapshot value)
        {
        }
    }
}
