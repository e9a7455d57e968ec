using GptImage2.Generation.Errors;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Imaging;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using GptImage2.Testing.Scenario;
using GptImage2.Testing.Scenario.Jobs;
using GptImage2.Testing.Scenario.Protocol;

namespace GptImage2.Backends.Tests.Scenario;

/// <summary>From a request to delivered images and a settled ledger, all the way.</summary>
public sealed class ScenarioWorkflowTests
{
    [Fact]
    public async Task Images_from_a_prompt_are_delivered_and_settled_in_credits()
    {
        await using var host = await ScenarioWorkflowHost.StartAsync();
        var plan = await host.PlanAsync(WorkflowHost.Request(count: 2));
        plan.Price.Credits.ShouldBe(2 * 12 * 0.62m);
        host.Service.Plan(new JobScript { Cost = 13.25m });

        var made = await host.AskAsync(plan, TestContext.Current.CancellationToken);

        (made.Status, made.Images.Count).ShouldBe((JobStatus.Done, 2));
        made.Images.Select(host.Read).ShouldBe(host.Service.Runs.Single().Assets.Select(asset => asset.Bytes));
        var entry = await host.ReadLedgerAsync();
        (entry.Credits, entry.Certainty, entry.Actual).ShouldBe((13.25m, CostCertainty.Bound, (long?)null), "dollars are not known");
    }

    [Fact]
    public async Task Another_format_is_made_here()
    {
        await using var host = await ScenarioWorkflowHost.StartAsync();

        var made = await host.AskAsync(WorkflowHost.Request(delivery: new Delivery { Format = ImageFormat.Webp }), TestContext.Current.CancellationToken);

        made.Images.Single().Record.File.Format.ShouldBe(ImageFormat.Webp);
        host.Read(made.Images.Single()).AsSpan(8, 4).SequenceEqual("WEBP"u8).ShouldBeTrue();
    }

    [Fact]
    public async Task Ten_references_arrive_in_order_and_their_price_is_settled()
    {
        await using var host = await ScenarioWorkflowHost.StartAsync(usdPerCredit: 0.02m);
        byte[][] files = [.. Enumerable.Range(1, 10).Select(seed => PngEncoder.Gradient(new Dimensions(320 + seed, 200), seed))];
        Reference[] references = [.. files.Select((file, index) => new Reference { Image = host.Put($"{index}.png", file), Argument = $"references[{index}].image" })];

        var made = await host.AskAsync(await host.PlanAsync(new EditRequest { Prompt = "all of them in a row", Size = new Dimensions(1024, 640), References = references }, "edit_with_references"), TestContext.Current.CancellationToken);

        made.Status.ShouldBe(JobStatus.Done, made.Failure?.Message);
        var order = host.Service.Runs.Single().Order;
        order.References.Select(image => image.Size.Width).ShouldBe(Enumerable.Range(321, 10));
        order.References.ShouldAllBe(image => image.IsHidden);
        var entry = await host.ReadLedgerAsync();
        (entry.Credits, entry.Actual).ShouldBe((host.Service.Charged, (long)(host.Service.Charged * 0.02m * 1_000_000)));
    }

    [Fact]
    public async Task Outside_the_region_every_pixel_stays_the_originals()
    {
        await using var host = await ScenarioWorkflowHost.StartAsync();
        host.Service.DrawImage = ScenarioEdits.Draw;
        var original = PngEncoder.Gradient(new Dimensions(1200, 900), 3);
        var request = new InpaintRequest
        {
            Prompt = "a hat",
            Size = new Dimensions(1024, 1024),
            Image = new Reference { Image = host.Put("photo.png", original), Argument = "image" },
            Region = [new RegionShapeInput { X = 0.25, Y = 0.25, Width = 0.25, Height = 0.25 }],
        };

        var made = await host.AskAsync(await host.PlanAsync(request, "inpaint_region"), TestContext.Current.CancellationToken);

        made.Status.ShouldBe(JobStatus.Done, made.Failure?.Message);
        var order = host.Service.Runs.Single().Order;
        order.Mask.ShouldNotBeNull().Size.ShouldBe(order.References[0].Size);
        var (drawn, before) = (PngFile.Read(host.Read(made.Images.Single())).Decode(), PngFile.Read(original).Decode());
        drawn.Size.ShouldBe(before.Size);
        drawn[10, 10].ToArray().ShouldBe(before[10, 10].ToArray());
        drawn[1190, 890].ToArray().ShouldBe(before[1190, 890].ToArray());
        drawn[450, 340].ToArray().ShouldNotBe(before[450, 340].ToArray());
    }

    [Fact]
    public async Task A_failed_job_leaves_nothing_in_the_ledger()
    {
        await using var host = await ScenarioWorkflowHost.StartAsync();
        host.Service.Plan(new JobScript { End = "failure", Error = "Your request was rejected by the safety system." });

        var made = await host.AskAsync(WorkflowHost.Request(), TestContext.Current.CancellationToken);

        (made.Failure!.Code, made.Failure.Billed).ShouldBe((FailureCode.ContentRejected, Billing.No));
        (await host.ReadLedgerAsync()).Credits.GetValueOrDefault().ShouldBe(0);
    }

    [Fact]
    public async Task Rules_that_Scenario_has_changed_are_told_with_every_result_and_asked_for_once()
    {
        await using var host = await ScenarioWorkflowHost.StartAsync();
        host.Service.SelectReply = static (route, _) => route is ScenarioRoute.Model
            ? new ScenarioReply { Change = static answer => answer["model"]!["inputs"]!.AsArray().Single(input => input!["name"]!.GetValue<string>() == "numOutputs")!["max"] = 4 }
            : null;

        var first = await host.AskAsync(WorkflowHost.Request(), TestContext.Current.CancellationToken);
        var second = await host.AskAsync(WorkflowHost.Request("another"), TestContext.Current.CancellationToken);

        first.Warnings.ShouldContain(warning => warning.Contains("images a call may be up to 4 there, 10 here"));
        second.Warnings.ShouldBe(first.Warnings);
        host.Service.Of(ScenarioRoute.Model).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_schema_that_cannot_be_asked_for_stops_nothing()
    {
        await using var host = await ScenarioWorkflowHost.StartAsync();
        host.Service.Enqueue(ScenarioRoute.Model, ScenarioReply.Refuse(403, "Not allowed"));

        (await host.AskAsync(WorkflowHost.Request(), TestContext.Current.CancellationToken)).Status.ShouldBe(JobStatus.Done);
    }

    [Fact]
    public async Task A_lost_answer_is_nobodys_business()
    {
        await using var host = await ScenarioWorkflowHost.StartAsync();
        host.Service.Enqueue(ScenarioRoute.Run, new ScenarioReply { DropAfter = true });

        var made = await host.AskAsync(WorkflowHost.Request(), TestContext.Current.CancellationToken);

        (made.Status, host.Service.Runs.Count, made.Warnings.Count).ShouldBe((JobStatus.Done, 1, 0));
    }
}
