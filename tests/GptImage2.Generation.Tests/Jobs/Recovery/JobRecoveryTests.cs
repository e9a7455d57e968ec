using GptImage2.Generation.Errors;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Jobs.Recovery;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Storage.Local.Sqlite;
using GptImage2.Imaging;
using GptImage2.Testing.Images;

namespace GptImage2.Generation.Tests.Jobs.Recovery;

/// <summary>What a server finds that starts where another has died. The death itself is played: the row stays open and its process has no lock.</summary>
public sealed class JobRecoveryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_image_that_arrived_is_adopted_and_given_to_whoever_asks_again()
    {
        await using var host = new WorkflowHost();
        var job = await CreateOrphanedJobAsync(host, WorkflowHost.Request(), sent: true);
        var image = PngEncoder.Gradient(new Dimensions(1024, 640), 1);
        WritePartialFile(host, $".{job}-1.part", image);

        var view = await host.AskAsync(WorkflowHost.Request(), Cancellation);

        view.Id.ShouldBe(job);
        view.Status.ShouldBe(JobStatus.Done);
        File.ReadAllBytes(host.Store.GetAbsolutePath(view.Images.ShouldHaveSingleItem().Record.File)!).ShouldBe(image);
        (await host.Catalog.ListAsync("local", new ImageQuery { Limit = 5 }, Cancellation)).Images.ShouldHaveSingleItem().Id.ShouldBe(view.Images[0].Record.Id);
        host.Backend.Calls.ShouldBe(0);
        (await LedgerAsync(host)).ShouldBe((CostCertainty.Bound, null));
    }

    [Fact]
    public async Task Finishing_is_done_again_as_it_was_asked_for()
    {
        await using var host = new WorkflowHost();
        var request = WorkflowHost.Request(delivery: new() { ResizeTo = new Dimensions(500, 300) });
        var job = await CreateOrphanedJobAsync(host, request, sent: true);
        WritePartialFile(host, $".{job}-1.part", PngEncoder.Gradient(new Dimensions(1024, 640), 1));
        WritePartialFile(host, $".{job}-1-finished.part", [1, 2, 3]);

        var view = await host.AskAsync(request, Cancellation);

        view.Images.ShouldHaveSingleItem().Record.File.Size.ShouldBe(new Dimensions(500, 300));
        view.Images[0].Record.DerivedFrom.ShouldBe(IdGenerator.CreateImageId(job, 1, finished: false));
        Directory.EnumerateFiles(host.Store.Root, "*.part", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_image_that_broke_off_is_never_listed_and_its_cost_stays_uncertain()
    {
        await using var host = new WorkflowHost();
        var job = await CreateOrphanedJobAsync(host, WorkflowHost.Request(count: 2), sent: true);
        WritePartialFile(host, $".{job}-1.part", PngEncoder.Gradient(new Dimensions(1024, 640), 1)[..^1]);

        host.GetService<RecoveryService>().Start();
        await host.GetService<RecoveryService>().WaitForCompletionAsync();

        var view = await (await host.Queries.FindAsync(Caller.Local, job, Cancellation))!.GetSnapshotAsync(Cancellation);
        view.Status.ShouldBe(JobStatus.Interrupted);
        view.Failure!.Billed.ShouldBe(Billing.Unknown);
        (await host.Catalog.ListAsync("local", new ImageQuery { Limit = 5 }, Cancellation)).Images.ShouldBeEmpty();
        var (certainty, usd) = await LedgerAsync(host);
        (certainty, usd).ShouldBe((CostCertainty.Uncertain, null));
    }

    [Fact]
    public async Task An_image_that_was_delivered_before_the_crash_stays_the_jobs_where_its_file_was_renamed()
    {
        await using var host = new WorkflowHost();
        var made = await host.AskAsync(WorkflowHost.Request(), Cancellation);
        var file = host.Store.GetAbsolutePath(made.Images.ShouldHaveSingleItem().Record.File)!;
        File.Move(file, Path.Combine(Path.GetDirectoryName(file)!, "my favourite.png"));
        await MarkOrphanedAsync(host, (await host.GetService<IJobStore>().FindJobAsync("local", made.Id, Cancellation))!.State, sent: true);
        await using var next = new WorkflowHost(on: host);

        await next.GetService<JobRecovery>().RecoverOrphansAsync(Cancellation);

        var row = (await host.GetService<IJobStore>().FindJobAsync("local", made.Id, Cancellation))!;
        row.Ended.ShouldNotBeNull();
        row.State.ShouldContain(made.Images[0].Record.Id);
    }

    [Fact]
    public async Task What_was_never_sent_costs_nothing()
    {
        await using var host = new WorkflowHost();
        var job = await CreateOrphanedJobAsync(host, WorkflowHost.Request(), sent: false);

        await host.GetService<JobRecovery>().RecoverOrphansAsync(Cancellation);

        (await (await host.Queries.FindAsync(Caller.Local, job, Cancellation))!.GetSnapshotAsync(Cancellation)).Failure!.Billed.ShouldBe(Billing.No);
        (await LedgerAsync(host)).ShouldBe((CostCertainty.Known, 0));
    }

    [Fact]
    public async Task Many_that_repair_at_once_repair_once()
    {
        await using var host = new WorkflowHost();
        await using var other = new WorkflowHost(on: host);
        var job = await CreateOrphanedJobAsync(host, WorkflowHost.Request(count: 3), sent: true);
        for (var number = 1; number <= 3; number++)
        {
            WritePartialFile(host, $".{job}-{number}.part", PngEncoder.Gradient(new Dimensions(1024, 640), number));
        }

        await Task.WhenAll(Enumerable.Range(0, 8).Select(index => (index % 2 is 0 ? host : other).GetService<JobRecovery>().RecoverOrphansAsync(Cancellation)));

        (await host.Catalog.ListAsync("local", new ImageQuery { Limit = 9 }, Cancellation)).Images.Count.ShouldBe(3);
        Directory.EnumerateFiles(host.Store.Root, "*.png", SearchOption.AllDirectories).Count().ShouldBe(3);
    }

    [Fact]
    public async Task A_living_servers_job_is_left_alone()
    {
        await using var first = new WorkflowHost();
        await using var second = new WorkflowHost(on: first);
        var job = await first.StartAsync(WorkflowHost.Request(), (_, cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken));

        await second.GetService<JobRecovery>().RecoverOrphansAsync(Cancellation);

        (await job.GetSnapshotAsync(Cancellation)).IsOver.ShouldBeFalse();
        (await first.GetService<IJobStore>().ListUnfinishedAsync(Cancellation)).ShouldHaveSingleItem().Id.ShouldBe(job.Id);
    }

    /// <returns>The id of a job whose row is as a killed process leaves it.</returns>
    private static async Task<string> CreateOrphanedJobAsync(WorkflowHost host, ImageRequest request, bool sent)
    {
        await using var dying = new WorkflowHost(on: host);
        string id;
        {
            var job = await dying.StartAsync(request, (_, cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken));
            id = job.Id;
        }

        var row = (await host.GetService<IJobStore>().FindJobAsync("local", id, Cancellation))!;
        await dying.Jobs.DrainAsync(TimeSpan.Zero);
        await MarkOrphanedAsync(host, row.State, sent);
        return id;
    }

    /// <summary>Leaves the row of the only job as a killed process does.</summary>
    private static Task<int> MarkOrphanedAsync(WorkflowHost host, string state, bool sent) =>
        host.GetService<SqliteImageCatalog>().Database.WriteAsync(
            connection => connection.Execute(
                "UPDATE jobs SET ended = NULL, open = 1, took = NULL, process = 'gone', sent = $sent, state = $state; UPDATE ledger SET actual = NULL, certainty = 0",
                ("$sent", sent),
                ("$state", state)),
            Cancellation);

    private static void WritePartialFile(WorkflowHost host, string name, byte[] bytes)
    {
        var day = Directory.CreateDirectory(Path.Combine(host.Store.Root, TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", null)));
        File.WriteAllBytes(Path.Combine(day.FullName, name), bytes);
    }

    private static async Task<(CostCertainty Certainty, long? Usd)> LedgerAsync(WorkflowHost host) =>
        (await host.GetService<IJobStore>().ListLedgerAsync("local", DateOnly.MinValue, Cancellation)).Select(entry => (entry.Certainty, entry.Actual)).ShouldHaveSingleItem();
}
