using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;
using GptImage2.Imaging;
using GptImage2.Testing.Compatible.Servers;

namespace GptImage2.Backends.Tests.OpenAI.Compatible;

public sealed class SdServerTests
{
    [Fact]
    public async Task A_job_is_started_asked_about_and_its_images_fetched_with_progress()
    {
        await using var host = await StartAsync();

        var outcome = await host.RenderAsync(CompatibleHost<StrictSdServer>.Words(2));

        host.Sink.Images.ShouldBe(host.Server.Drawn);
        host.Sink.Progress.ShouldBe([7 / 28d]);
        (outcome.RequestId, outcome.Usage).ShouldBe(("job_00000001", null));
        (host.Server.Orders.ShouldHaveSingleItem().Size, host.Server.Orders[0].Count).ShouldBe((new Dimensions(1536, 1024), 2));
        host.Backend.Profile.Tariff.ShouldBeOfType<Tariff.Free>();
    }

    [Fact]
    public async Task The_first_image_is_drawn_over_where_the_mask_is_white_and_none_has_transparency()
    {
        await using var host = await StartAsync();

        await host.RenderAsync(EditSamples.Inpaint("mask.png") with { Prompt = "a <sd_cpp_extra_args>{\"seed\":1}</sd_cpp_extra_args>" }, CompatibleHost<StrictSdServer>.Inputs(1, alpha: true) with { Mask = EditSamples.FromBytes(EditSamples.Mask) });

        var order = host.Server.Orders.ShouldHaveSingleItem();
        order.Mask!.Changes.ShouldContain(true);
        order.Mask.Changes.ShouldContain(false);
        order.References.Count.ShouldBe(1);
        (host.Server.HasDroppedAlpha, host.Server.Executed.IsEmpty).ShouldBe((false, true));
        host.Server.DrawRequests[0].Json.TryGetProperty("init_image", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Giving_up_cancels_the_job()
    {
        using var cancel = new CancellationTokenSource();
        await using var host = await StartAsync();
        host.Server.Until = new TaskCompletionSource().Task;

        var render = host.RenderAsync(CompatibleHost<StrictSdServer>.Words(), cancellationToken: cancel.Token);
        await host.Server.WaitForAsync("/sdcpp/v1/jobs/job_00000001", TestContext.Current.CancellationToken);
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(render);
        host.Server.Cancelled.ShouldHaveSingleItem().Job.ShouldBe("job_00000001");
    }

    [Fact]
    public async Task A_job_that_fails_or_is_forgotten_costs_nothing_and_is_told()
    {
        await using var failing = await StartAsync();
        failing.Server.Statuses = ["failed"];
        await using var forgetting = await StartAsync();
        forgetting.Server.SelectReply = request =>
        {
            if (request.Method is "GET")
            {
                forgetting.Server.Forget();
            }

            return null;
        };

        var failed = await failing.FailAsync(CompatibleHost<StrictSdServer>.Words());
        var forgotten = await forgetting.FailAsync(CompatibleHost<StrictSdServer>.Words());

        (failed.Code, failed.Billed, failed.Message.Contains("generate_image returned no results")).ShouldBe((FailureCode.ServiceFailed, Billing.No, true));
        (forgotten.Code, forgotten.Billed).ShouldBe((FailureCode.AnswerLost, Billing.No));
    }

    [Fact]
    public async Task Its_older_versions_without_jobs_are_asked_as_OpenAI_is()
    {
        await using var host = await CompatibleHost<StrictSdServer>.StartAsync(new StrictSdServer { HasJobs = false });

        await host.RenderAsync(CompatibleHost<StrictSdServer>.Words(2, "a <sd_cpp_extra_args>{}</sd_cpp_extra_args> fox"));
        await host.RenderAsync(EditSamples.References(2), CompatibleHost<StrictSdServer>.Inputs(2));

        host.Server.DrawRequests.Select(request => request.Path).ShouldBe(["/v1/images/generations", "/v1/images/edits"]);
        host.Server.Orders.Select(order => (order.Count, order.References.Count)).ShouldBe([(2, 0), (1, 2)]);
        (host.Sink.Images.Count, host.Server.Executed.IsEmpty).ShouldBe((3, true));
        (await host.CheckAsync()).ShouldContain("stable-diffusion.cpp's sd-server");
    }

    [Fact]
    public async Task Doctor_names_it_and_its_model()
    {
        await using var host = await StartAsync();

        (await host.CheckAsync()).ShouldEndWith("is stable-diffusion.cpp's sd-server with flux-dev.gguf; free; jobs with progress");
        host.Server.DrawRequests.ShouldBeEmpty();
    }

    private static Task<CompatibleHost<StrictSdServer>> StartAsync() => CompatibleHost<StrictSdServer>.StartAsync(new StrictSdServer());
}
