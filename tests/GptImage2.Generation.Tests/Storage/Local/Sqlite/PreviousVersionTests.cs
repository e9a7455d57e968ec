using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Jobs.Recovery;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;
using GptImage2.Imaging;
using GptImage2.Testing.Images;

namespace GptImage2.Generation.Tests.Storage.Local.Sqlite;

/// <summary>A store and catalog of the version before are read, and what that version left unfinished is finished.</summary>
public sealed class PreviousVersionTests : IAsyncDisposable
{
    private readonly WorkflowHost _host = new();

    public PreviousVersionTests() => PreviousVersionCatalog.Write(Path.Combine(_host.Folder, "catalog"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_image_is_found()
    {
        var image = (await _host.Catalog.FindAsync("local", PreviousVersionCatalog.ImageId, Cancellation)).ShouldNotBeNull();

        image.File.Size.ShouldBe(new Dimensions(1024, 1024));
        image.DerivedFrom.ShouldBe("img_rzqvjpnj3anw5b5e");
        image.Inputs.ShouldHaveSingleItem().Role.ShouldBe("base");
        image.Region!.Coverage.ShouldBe(0.25);
        (await _host.Catalog.ListAsync("local", new ImageQuery { Limit = 5 }, Cancellation)).Images.ShouldHaveSingleItem().Id.ShouldBe(image.Id);
    }

    [Fact]
    public async Task An_edit_is_found_by_the_words_of_its_base()
    {
        var page = await _host.Catalog.ListAsync("local", new ImageQuery { Limit = 5, Words = "fox" }, Cancellation);

        page.Images.ShouldHaveSingleItem().Id.ShouldBe(PreviousVersionCatalog.ImageId);
    }

    [Fact]
    public async Task A_finished_job_is_read()
    {
        var job = await _host.Queries.FindAsync(Caller.Local, PreviousVersionCatalog.FinishedJob, Cancellation);

        var snapshot = await job!.GetSnapshotAsync(Cancellation);
        snapshot.Status.ShouldBe(JobStatus.Done);
        snapshot.Usd.ShouldBe(0.0609m);
        snapshot.Outcome!.Usage!.Out.ShouldBe(1756);
        snapshot.Summary.Kind.ShouldBe("openai/gpt-image-2/medium/1 MP/1");
        snapshot.Summary.Part!.Feather.ShouldBe(10);
        snapshot.Warnings.ShouldBe(["Image's first warning"]);
        snapshot.Images.ShouldHaveSingleItem().Copies.ShouldBe(["/home/ann/door.png"]);
    }

    [Fact]
    public async Task A_plan_is_read()
    {
        var record = (await _host.GetService<IJobStore>().FindJobAsync("local", PreviousVersionCatalog.FinishedJob, Cancellation))!;

        var plan = _host.GetService<JobPlanSerializer>().Deserialize(record.Plan);

        plan.Inputs.ShouldHaveSingleItem().Header.Size.ShouldBe(new Dimensions(1024, 1024));
        plan.Region!.Feather.ShouldBe(10);
        plan.Region.Placement.Canvas.ShouldBe(new Dimensions(1024, 1024));
        plan.Price.Ceiling.ShouldBe(0.06m);
    }

    [Fact]
    public async Task A_job_whose_process_died_is_finished_as_it_was_asked_for()
    {
        var day = Directory.CreateDirectory(Path.Combine(_host.Store.Root, "2026-11-29"));
        File.WriteAllBytes(Path.Combine(day.FullName, $".{PreviousVersionCatalog.OrphanedJob}-1.part"), PngEncoder.Gradient(new Dimensions(1024, 640), 1));

        await _host.GetService<JobRecovery>().RecoverOrphansAsync(Cancellation);

        var job = await _host.Queries.FindAsync(Caller.Local, PreviousVersionCatalog.OrphanedJob, Cancellation);
        var snapshot = await job!.GetSnapshotAsync(Cancellation);
        snapshot.Status.ShouldBe(JobStatus.Done);
        snapshot.Images.ShouldHaveSingleItem().Record.File.Size.ShouldBe(new Dimensions(640, 400));
    }

    [Fact]
    public async Task The_ledger_is_read()
    {
        var entries = await _host.GetService<IJobStore>().ListLedgerAsync("local", new DateOnly(2026, 11, 29), Cancellation);

        entries.OrderByDescending(entry => entry.Certainty).Select(entry => (entry.Certainty, entry.Counted))
            .ShouldBe([(CostCertainty.Known, 60_900), (CostCertainty.Reserved, 34_000)]);
    }
}
