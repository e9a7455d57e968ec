using GptImage2.Generation.Errors;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Imaging;

namespace GptImage2.Generation.Tests.PostProcessing;

/// <summary>Whoever waits for an image that the store did not take is told where it is, and what to do.</summary>
public sealed class RelocatedImageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_in_the_temporary_folder_is_named_by_its_path()
    {
        await using var host = new WorkflowHost();
        await BreakAsync(host, "store");

        var view = await host.AskAsync(WorkflowHost.Request(), Cancellation);

        var record = view.Images.ShouldHaveSingleItem().Record;
        record.File.Location.ShouldBe(StorageLocation.Temporary);
        ShouldReport(view, host.Store.GetAbsolutePath(record.File)!);
        view.Warnings.ShouldContain(warning => warning.Contains("GPTIMAGE2_STORAGE__ROOT", StringComparison.Ordinal) && warning.Contains("save_to", StringComparison.Ordinal));
        File.Exists(Path.ChangeExtension(record.File.Path, "json")).ShouldBeTrue();
        (await host.Catalog.FindAsync("local", record.Id, Cancellation)).ShouldBe(record);
    }

    [Fact]
    public async Task No_path_of_this_machine_is_disclosed_to_a_caller_elsewhere()
    {
        await using var host = new WorkflowHost();
        await BreakAsync(host, "store");
        host.Backend.Before = (index, _) => index is 0 ? LoseCatalogAsync(host) : Task.CompletedTask;
        var plan = await host.PlanAsync(WorkflowHost.Request()) with { Caller = new Caller("local", LocalPathsAllowed: false) };

        var view = await host.AskAsync(plan, Cancellation);

        ShouldReport(view, $"image://{view.Images.ShouldHaveSingleItem().Record.Id}");
        view.Warnings.Count.ShouldBeGreaterThan(1);
        string.Join('\n', [view.Failure!.Message, .. view.Warnings]).ShouldNotContain(host.Folder);
    }

    [Fact]
    public async Task One_in_memory_is_named_by_its_address()
    {
        await using var host = new WorkflowHost();
        await BreakAsync(host, "store", "temporary");

        // The job is written down, or it would not begin; then the catalog is lost.
        host.Backend.Before = (index, _) => index is 0 ? LoseCatalogAsync(host) : Task.CompletedTask;

        var view = await host.AskAsync(WorkflowHost.Request(), Cancellation);

        var record = view.Images.ShouldHaveSingleItem().Record;
        record.File.Location.ShouldBe(StorageLocation.Memory);
        ShouldReport(view, $"image://{record.Id}");
        (await host.Catalog.FindAsync("local", record.Id, Cancellation)).ShouldBe(record);
        (await host.Catalog.ListAsync("local", new ImageQuery { Limit = 5 }, Cancellation)).Images.ShouldBe([record]);
    }

    [Theory]
    [InlineData("store")]
    [InlineData("store temporary")]
    public async Task One_that_is_to_be_finished_is_finished_and_copied(string broken)
    {
        await using var host = new WorkflowHost();
        await BreakAsync(host, broken.Split(' '));

        var view = await host.AskAsync(
            WorkflowHost.Request(delivery: new() { ResizeTo = new Dimensions(500, 300), SaveTo = Path.Combine(host.Work, "lighthouse.png") }),
            Cancellation);

        var image = view.Images.ShouldHaveSingleItem();
        image.Record.File.Size.ShouldBe(new Dimensions(500, 300));
        image.Record.DerivedFrom.ShouldBe(IdGenerator.CreateImageId(view.Id, 1, finished: false));
        new FileInfo(image.Copies.ShouldHaveSingleItem()).Length.ShouldBe(image.Record.File.Bytes);
        view.Failure!.Code.ShouldBe(FailureCode.StorageFailed);
    }

    private static void ShouldReport(JobSnapshot view, string where)
    {
        view.Status.ShouldBe(JobStatus.Partial);
        view.Failure!.Code.ShouldBe(FailureCode.StorageFailed);
        view.Failure.Billed.ShouldBe(Billing.Yes);
        view.Failure.Message.ShouldStartWith("The image is safe: ");
        view.Failure.Message.ShouldContain(where);
        view.Warnings.ShouldContain(warning => warning.Contains(where, StringComparison.Ordinal));
    }

    private static Task LoseCatalogAsync(WorkflowHost host)
    {
        Directory.Delete(Path.Combine(host.Folder, "catalog"), recursive: true);
        return BreakAsync(host, "catalog");
    }

    private static async Task BreakAsync(WorkflowHost host, params string[] places)
    {
        foreach (var place in places)
        {
            await File.WriteAllTextAsync(Path.Combine(host.Folder, place), "a file where a folder should be", Cancellation);
        }
    }
}
