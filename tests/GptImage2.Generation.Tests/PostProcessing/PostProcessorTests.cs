using GptImage2.Generation.Errors;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Imaging;
using GptImage2.Testing.Images;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Generation.Tests.PostProcessing;

public sealed class PostProcessorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_resized_image_is_delivered_and_the_vendors_bytes_are_kept_unlisted()
    {
        await using var host = new WorkflowHost();

        var view = await host.AskAsync(WorkflowHost.Request(delivery: new() { ResizeTo = new Dimensions(500, 300) }), Cancellation);

        var delivered = view.Images.ShouldHaveSingleItem().Record;
        delivered.File.Size.ShouldBe(new Dimensions(500, 300));
        var kept = await host.Catalog.FindAsync("local", delivered.DerivedFrom!, Cancellation);
        kept!.File.Size.ShouldBe(new Dimensions(1024, 640));
        (await host.Catalog.ListAsync("local", new ImageQuery { Limit = 10 }, Cancellation)).Images.ShouldHaveSingleItem().Id.ShouldBe(delivered.Id);
    }

    [Fact]
    public async Task What_arrived_before_a_failure_is_finished_too()
    {
        await using var host = new WorkflowHost();
        host.Backend.Before = (index, _) => index is 1 ? throw WorkflowHost.CreateLostAnswer(Billing.Unknown) : Task.CompletedTask;

        var view = await host.AskAsync(WorkflowHost.Request(count: 2, delivery: new() { ResizeTo = new Dimensions(500, 312) }), Cancellation);

        view.Status.ShouldBe(JobStatus.Partial);
        view.Images.ShouldHaveSingleItem().Record.File.Size.ShouldBe(new Dimensions(500, 312));
    }

    [Theory]
    [InlineData(null, 512, 512, "It is delivered as it came.")]
    [InlineData("500x300", 500, 300, "from which 500x300 was made")]
    public async Task An_image_of_another_size_than_was_asked_for_is_delivered_and_the_result_says_so(string? resizeTo, int width, int height, string text)
    {
        await using var host = new WorkflowHost();
        host.Backend.Draw = (_, number) => PngEncoder.Gradient(new Dimensions(512, 512), number);

        var view = await host.AskAsync(WorkflowHost.Request(delivery: new() { ResizeTo = resizeTo is null ? null : new Dimensions(width, height) }), Cancellation);

        (view.Status, view.Images.ShouldHaveSingleItem().Record.File.Size).ShouldBe((JobStatus.Done, new Dimensions(width, height)));
        view.Warnings.ShouldContain(warning => warning.Contains("at 512x512 in place of 1024x640") && warning.Contains(text));
    }

    [Fact]
    public async Task A_part_that_came_in_another_size_is_scaled_to_its_place_and_the_result_says_so()
    {
        await using var host = new WorkflowHost();
        await File.WriteAllBytesAsync(Path.Combine(host.Folder, "room.png"), PngEncoder.Gradient(new Dimensions(160, 120), seed: 1), Cancellation);
        host.Backend.Draw = (_, number) => PngEncoder.Gradient(new Dimensions(512, 512), number);

        var view = await host.AskAsync(
            new InpaintRequest
            {
                Prompt = "a lighthouse",
                Size = new Dimensions(1024, 1024),
                Image = new Reference { Image = Path.Combine(host.Folder, "room.png"), Role = ReferenceRole.Base, Argument = "image" },
                Region = [new RegionShapeInput { X = 0.25, Y = 0.25, Width = 0.5, Height = 0.5 }],
            },
            Cancellation);

        var record = view.Images.ShouldHaveSingleItem().Record;
        (view.Status, record.File.Size, record.Region!.ChangedOutside).ShouldBe((JobStatus.Done, new Dimensions(160, 120), 0));
        view.Warnings.ShouldContain(warning => warning.Contains("scaled to its place"));
    }

    [Theory]
    [InlineData(false, JobStatus.Done)]
    [InlineData(true, JobStatus.Partial)]
    public async Task A_part_that_cannot_be_brought_back_is_kept_and_never_passes_for_the_edit(bool lost, JobStatus status)
    {
        await using var host = new WorkflowHost();
        await File.WriteAllBytesAsync(Path.Combine(host.Folder, "room.png"), PngEncoder.Gradient(new Dimensions(160, 120), seed: 1), Cancellation);
        host.Backend.Before = (_, _) =>
        {
            Array.ForEach(lost ? Directory.GetFiles(Path.Combine(host.Store.Root, ".inputs")) : [], File.Delete);
            return Task.CompletedTask;
        };

        var view = await host.AskAsync(
            new InpaintRequest
            {
                Prompt = "a lighthouse",
                Size = new Dimensions(1024, 1024),
                Image = new Reference { Image = Path.Combine(host.Folder, "room.png"), Role = ReferenceRole.Base, Argument = "image" },
                Region = [new RegionShapeInput { X = 0.25, Y = 0.25, Width = 0.5, Height = 0.5 }],
            },
            Cancellation);

        view.Status.ShouldBe(status);
        view.Images.ShouldHaveSingleItem();
        (view.Failure?.Billed).ShouldBe(lost ? Billing.Yes : null);
        (view.Images[0].Record.File.Size == new Dimensions(160, 120)).ShouldBe(!lost);
    }

    [Fact]
    public async Task An_image_that_cannot_be_finished_is_delivered_as_it_came_and_holds_up_no_other()
    {
        await using var host = new WorkflowHost();
        host.Backend.Before = (index, _) =>
        {
            foreach (var first in index is 1 ? Directory.GetFiles(host.Store.Root, "*.png", SearchOption.AllDirectories) : [])
            {
                File.WriteAllBytes(first, File.ReadAllBytes(first)[..100]);
            }

            return Task.CompletedTask;
        };

        var view = await host.AskAsync(WorkflowHost.Request(count: 2, delivery: new() { ResizeTo = new Dimensions(500, 312) }), Cancellation);

        view.Status.ShouldBe(JobStatus.Done);
        view.Images.Select(image => image.Record.File.Size).ShouldBe([new Dimensions(1024, 640), new Dimensions(500, 312)]);
        view.Warnings.ShouldHaveSingleItem().ShouldContain(view.Images[0].Record.Id);
        var listed = await host.Catalog.ListAsync("local", new ImageQuery { Limit = 10, Words = "lighthouse" }, Cancellation);
        listed.Images.Select(image => image.Id).ShouldBe(view.Images.Select(image => image.Record.Id), ignoreOrder: true);
    }

    [Fact]
    public async Task Copies_never_overwrite_and_several_are_numbered()
    {
        await using var host = new WorkflowHost();
        Directory.CreateDirectory(host.Work);
        await File.WriteAllTextAsync(Path.Combine(host.Work, "fox.png"), "mine", Cancellation);

        var one = await host.AskAsync(WorkflowHost.Request(delivery: new() { SaveTo = "fox.png" }), Cancellation);
        var two = await host.AskAsync(WorkflowHost.Request(count: 2, delivery: new() { SaveTo = "new/folder/fox.png" }), Cancellation);

        one.Images[0].Copies.ShouldBe([Path.Combine(host.Work, "fox-2.png")]);
        two.Images.SelectMany(image => image.Copies).ShouldBe([Path.Combine(host.Work, "new", "folder", "fox-1.png"), Path.Combine(host.Work, "new", "folder", "fox-2.png")]);
        (await File.ReadAllTextAsync(Path.Combine(host.Work, "fox.png"), Cancellation)).ShouldBe("mine");
        (await File.ReadAllBytesAsync(one.Images[0].Copies[0], Cancellation)).ShouldBe(await File.ReadAllBytesAsync(host.Store.GetAbsolutePath(one.Images[0].Record.File)!, Cancellation));
    }

    [Theory]
    [InlineData("fox.jpg", "ends in .png")]
    [InlineData("fox", "ends in .png")]
    [InlineData("../fox.png", "a path below")]
    [InlineData("/etc/fox.png", "a path below")]
    [InlineData("~/fox.png", "~ is not expanded here")]
    [InlineData("away/fox.png", "a path below")]
    public async Task A_copy_that_may_not_be_is_refused_before_anything_is_spent(string place, string expected)
    {
        await using var host = new WorkflowHost();
        Directory.CreateDirectory(host.Work);
        Directory.CreateSymbolicLink(Path.Combine(host.Work, "away"), Path.GetTempPath());

        var refusal = await Should.ThrowAsync<InvalidRequestException>(() => host.PlanAsync(WorkflowHost.Request(delivery: new() { SaveTo = place })));

        refusal.Message.ShouldStartWith("save_to: expected");
        refusal.Message.ShouldContain(expected);
        host.Backend.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task A_catalog_that_fails_costs_no_image()
    {
        await using var host = new WorkflowHost(more: services => services.AddSingleton<IImageCatalog, BrokenCatalog>());

        var view = await host.AskAsync(WorkflowHost.Request(), Cancellation);

        File.Exists(host.Store.GetAbsolutePath(view.Images.ShouldHaveSingleItem().Record.File)).ShouldBeTrue();
        view.Warnings.ShouldHaveSingleItem().ShouldContain("is stored at");
    }

    private sealed class BrokenCatalog : IImageCatalog
    {
        public Task AddAsync(ImageRecord record, CancellationToken cancellationToken) => throw new IOException("no space");

        public Task<ImageRecord?> FindAsync(string owner, string id, CancellationToken cancellationToken) => Task.FromResult<ImageRecord?>(null);

        public Task<ImagePage> ListAsync(string owner, ImageQuery query, CancellationToken cancellationToken) => Task.FromResult(new ImagePage([], null));

        public Task<IReadOnlyList<ImageSuggestion>> SuggestAsync(string owner, string typed, int limit, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ImageSuggestion>>([]);
    }
}
