using GptImage2.Backends.OpenAI.Models;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Planning;
using GptImage2.Generation.PostProcessing;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Imaging;
using GptImage2.Testing.Images;

namespace GptImage2.Generation.Tests.Jobs.Persistence;

public sealed class JobPlanSerializerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names() => [.. SamplePlans.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_plan_is_read_as_it_was_written(string name)
    {
        await using var host = new WorkflowHost();
        var plan = await SamplePlans.PlanStoredAsync(host, name);

        var json = await host.GetService<JobPlanSerializer>().SerializeAsync(plan, Cancellation);
        var read = host.GetService<JobPlanSerializer>().Deserialize(json);

        (await host.GetService<JobPlanSerializer>().SerializeAsync(read, Cancellation)).ShouldBe(json);
        SerializeAll(read.Request).ShouldBe(SerializeAll(plan.Request));
        read.Inputs.Select(input => (input.Reference, input.Stored, input.Header)).ShouldBe(plan.Inputs.Select(input => (input.Reference, input.Stored, input.Header)));
        (read.Caller, read.Tool, read.CopyTo, read.Price).ShouldBe((plan.Caller, plan.Tool, plan.CopyTo, plan.Price));
        (read.Backend.Name, read.Backend.Profile.Model).ShouldBe((plan.Backend.Name, plan.Validated.Profile.Model));
        read.Warnings.ShouldBe(plan.Warnings);
    }

    /// <summary>The proof that matters: the same pixels, from nothing but what was written down.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_is_finished_again_from_a_written_plan_is_the_same_image(string name)
    {
        await using var host = new WorkflowHost();
        var json = await host.GetService<JobPlanSerializer>().SerializeAsync(await SamplePlans.PlanStoredAsync(host, name), Cancellation);
        var first = (await host.AskAsync(SamplePlans.Request(host, name), Cancellation)).Images.ShouldHaveSingleItem().Record;
        var kept = first.DerivedFrom is { } id ? await host.Catalog.FindAsync("local", id, Cancellation) : first with { Delivered = false, SeeThrough = null };
        SamplePlans.DeleteSourceFiles(host);

        var job = CreateJob(host, host.GetService<JobPlanSerializer>().Deserialize(json));
        await host.GetService<PostProcessor>().ProcessAsync(job, [kept!]);

        var again = job.Snapshot.Images.ShouldHaveSingleItem();
        again.Record.File.Sha256.ShouldBe(first.File.Sha256);
        ToComparable(again.Record).ShouldBe(ToComparable(first));
        again.Copies.Count.ShouldBe(name is "a copy" ? 1 : 0);
    }

    [Fact]
    public async Task An_image_of_ours_keeps_its_id()
    {
        await using var host = new WorkflowHost();
        var ours = (await host.AskAsync(WorkflowHost.Request(), Cancellation)).Images[0].Record;
        var plan = await SamplePlans.PlanStoredAsync(host, new EditRequest
        {
            Prompt = "the same by night",
            Size = new Dimensions(1024, 640),
            References = [new Reference { Image = ours.Id, Role = ReferenceRole.Base, Note = "the tower", FullSize = true, Argument = "references[0].image" }],
        });

        var read = host.GetService<JobPlanSerializer>().Deserialize(await host.GetService<JobPlanSerializer>().SerializeAsync(plan, Cancellation));

        var input = read.Inputs.ShouldHaveSingleItem();
        input.Resolved.Record!.Id.ShouldBe(ours.Id);
        input.Reference.ShouldBe(plan.Inputs[0].Reference);
    }

    [Fact]
    public async Task Bytes_that_the_caller_wrote_out_lie_in_the_store_and_not_in_the_plan()
    {
        await using var host = new WorkflowHost();
        var picture = $"data:image/png;base64,{Convert.ToBase64String(PngEncoder.Gradient(new Dimensions(160, 120), seed: 1))}";
        var mask = $"DATA:image/png;base64,{Convert.ToBase64String(SamplePlans.Mask())}";
        var plan = await SamplePlans.PlanStoredAsync(host, new InpaintRequest
        {
            Prompt = "a door",
            Size = new Dimensions(1024, 1024),
            Image = new Reference { Image = picture, Role = ReferenceRole.Base, Argument = "image" },
            Mask = mask,
            References = [new Reference { Image = picture, Argument = "references[0].image" }],
        });

        var json = await host.GetService<JobPlanSerializer>().SerializeAsync(plan, Cancellation);

        json.Length.ShouldBeLessThan(4000);
        json.ShouldNotContain("iVBOR");
        host.GetService<JobPlanSerializer>().Deserialize(json).Inputs.Select(input => input.Stored).ShouldBe(plan.Inputs.Select(input => input.Stored));
    }

    [Fact]
    public async Task A_plan_whose_files_are_gone_is_read_all_the_same_and_its_image_delivered_as_it_came()
    {
        await using var host = new WorkflowHost();
        var json = await host.GetService<JobPlanSerializer>().SerializeAsync(await SamplePlans.PlanStoredAsync(host, "a rectangle"), Cancellation);
        var first = (await host.AskAsync(SamplePlans.Request(host, "a rectangle"), Cancellation)).Images[0].Record;
        var kept = await host.Catalog.FindAsync("local", first.DerivedFrom!, Cancellation);
        Array.ForEach(Directory.GetFiles(Path.Combine(host.Store.Root, ".inputs")), File.Delete);

        var job = CreateJob(host, host.GetService<JobPlanSerializer>().Deserialize(json));
        await host.GetService<PostProcessor>().ProcessAsync(job, [kept!]);

        job.Snapshot.Images.ShouldHaveSingleItem().Record.Id.ShouldBe(kept!.Id);
        job.Snapshot.Failure!.Code.ShouldBe(FailureCode.NotFound);
    }

    [Fact]
    public async Task A_region_is_written_once_however_often_its_plan_is_and_then_kept_for_longer()
    {
        await using var host = new WorkflowHost();
        var plan = await SamplePlans.PlanStoredAsync(host, "an ellipse");
        var folder = Path.Combine(host.Store.Root, ".inputs");
        var images = Directory.GetFiles(folder);

        await host.GetService<JobPlanSerializer>().SerializeAsync(plan, Cancellation);
        var region = Directory.GetFiles(folder).Except(images).ShouldHaveSingleItem();
        var old = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-20);
        File.SetLastWriteTimeUtc(region, old);
        await host.GetService<JobPlanSerializer>().SerializeAsync(plan, Cancellation);

        Directory.GetFiles(folder).Length.ShouldBe(images.Length + 1);
        File.GetLastWriteTimeUtc(region).ShouldBeGreaterThan(old.AddHours(19));
    }

    [Fact]
    public async Task A_plan_that_was_read_draws_nothing()
    {
        await using var host = new WorkflowHost();
        var json = await host.GetService<JobPlanSerializer>().SerializeAsync(await SamplePlans.PlanStoredAsync(host, "words"), Cancellation);
        var plan = host.GetService<JobPlanSerializer>().Deserialize(json);

        await Should.ThrowAsync<InvalidOperationException>(() => plan.Backend.RenderAsync(plan.Validated, new([], null), null!, Cancellation));
    }

    [Fact]
    public async Task A_model_that_nobody_knows_is_read_too()
    {
        await using var host = new WorkflowHost();
        var json = await host.GetService<JobPlanSerializer>().SerializeAsync(await SamplePlans.PlanStoredAsync(host, "words"), Cancellation);

        host.GetService<JobPlanSerializer>().Deserialize(json.Replace(OpenAIModels.Default, "their-own-model", StringComparison.Ordinal)).Validated.Profile.Model.ShouldBe("their-own-model");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public async Task What_is_no_plan_is_told_as_such(string json)
    {
        await using var host = new WorkflowHost();

        Should.Throw<JsonException>(() => host.GetService<JobPlanSerializer>().Deserialize(json));
    }

    [Fact]
    public async Task A_plan_is_written_only_when_its_images_are_kept()
    {
        await using var host = new WorkflowHost();
        using var plan = await host.PlanAsync(SamplePlans.Request(host, "a rectangle"));

        (await Should.ThrowAsync<ArgumentException>(host.GetService<JobPlanSerializer>().SerializeAsync(plan, Cancellation))).Message.ShouldStartWith("image must be stored");
    }

    /// <summary>Every public property, also those that follow from others.</summary>
    private static string SerializeAll(ImageRequest request) => JsonSerializer.Serialize(request, request.GetType());

    private static Job CreateJob(WorkflowHost host, JobPlan plan)
    {
        var now = TimeProvider.System.GetUtcNow();
        return host.GetService<LocalJobs>().Create(
            plan, new JobSnapshot { Id = "job_again", Summary = JobSummary.FromPlan(plan with { Region = null }), Started = now, Changed = now });
    }

    /// <summary>All of a record but what is new with every making.</summary>
    private static string ToComparable(ImageRecord record) => (record with
    {
        Id = "",
        JobId = "",
        Created = default,
        DerivedFrom = null,
        File = record.File with { Path = "" },
    }).ToJson();
}
