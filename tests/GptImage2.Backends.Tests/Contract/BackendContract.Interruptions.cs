using GptImage2.Generation.Rendering;
using GptImage2.Testing.Contract;
using GptImage2.Testing.Rendering;

namespace GptImage2.Backends.Tests.Contract;

/// <summary>This part: whoever gives up pays for no second request, and what a service keeps is taken up again.</summary>
public abstract partial class BackendContract<TVendor>
{
    [Fact]
    public async Task Cancelling_before_anything_was_sent_sends_nothing()
    {
        await using var host = await ContractHost.StartAsync<TVendor>();

        await Should.ThrowAsync<OperationCanceledException>(() => host.RenderAsync(ContractRequest.Edit(Profile, 1), new CancellationToken(canceled: true)));

        (host.Vendor.Arrivals, host.Vendor.Billed, host.Sink.Images.Count).ShouldBe((0, 0m, 0));
    }

    [Fact]
    public async Task Cancelling_after_it_was_sent_ends_the_waiting_and_sends_nothing_more()
    {
        await using var host = await ContractHost.StartAsync<TVendor>(Mishap.Held);
        using var cancel = new CancellationTokenSource();

        var render = host.RenderAsync(ContractRequest.Generate(Profile), cancel.Token);
        await host.Vendor.ArrivedAsync(TestContext.Current.CancellationToken);
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(render);
        (host.Vendor.Arrivals, host.Sink.Images.Count, host.Sink.IsOpen).ShouldBe((1, 0, false));
    }

    [Fact]
    public async Task Cancelling_while_images_arrive_keeps_those_that_came_whole()
    {
        using var cancel = new CancellationTokenSource();
        await using var host = await ContractHost.StartAsync<TVendor>(sink: new InMemoryRenderSink { Completing = _ => cancel.Cancel() });

        var (stored, count) = (host.Sink.Images, Math.Min(4, Profile.MaxCount));
        var render = host.RenderAsync(ContractRequest.Generate(Profile, count), cancel.Token);
        await Should.NotThrowAsync(async () => await Task.WhenAny(render));

        (render.IsCanceled || render.IsCompletedSuccessfully).ShouldBeTrue();
        stored.Count.ShouldBeInRange(1, count);
        stored.ShouldBe(host.Vendor.Drawn.Take(stored.Count));
        (host.Vendor.Arrivals, host.Sink.IsOpen).ShouldBe((TVendor.Traits.DrawsOneByOne ? host.Vendor.Arrivals : 1, false));
    }

    [Fact]
    public async Task What_is_recorded_is_enough_for_another_process_and_no_second_order()
    {
        await using var host = await ContractHost.StartAsync<TVendor>();
        var asked = ContractRequest.Generate(Profile, Math.Min(2, Profile.MaxCount));
        await host.RenderAsync(asked);

        host.Sink.Checkpoints.IsEmpty.ShouldBe(host.Backend is not IResumableBackend);
        foreach (var checkpoint in host.Sink.Checkpoints)
        {
            for (var skip = 0; skip <= asked.Request.Count; skip++)
            {
                await ShouldResumeAsync(host, checkpoint, asked, skip);
            }
        }
    }

    [Fact]
    public async Task A_request_is_recorded_before_it_arrives_and_taken_up_after_its_process_has_died()
    {
        await using var host = await ContractHost.StartAsync<TVendor>(Mishap.Held);
        using var death = new CancellationTokenSource();
        var asked = ContractRequest.Edit(Profile, 1, Math.Min(2, Profile.MaxCount));

        var render = host.RenderAsync(asked, death.Token);
        await host.Vendor.ArrivedAsync(TestContext.Current.CancellationToken);
        var recorded = host.Sink.Checkpoints.ToArray();
        await death.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(render);
        host.Vendor.Release();

        (recorded is []).ShouldBe(host.Backend is not IResumableBackend);
        foreach (var checkpoint in recorded.Take(1))
        {
            await ShouldResumeAsync(host, checkpoint, asked, skip: 0);
        }
    }

    private static async Task ShouldResumeAsync(ContractHost host, string checkpoint, ContractRequest asked, int skip)
    {
        var (other, sink) = ((IResumableBackend)host.Vendor.CreateBackend(), new InMemoryRenderSink());

        var outcome = await other.ResumeAsync(checkpoint, ContractHost.Rules.Validate(asked.Request, Profile), skip, sink, TestContext.Current.CancellationToken);

        sink.Images.ShouldBe(host.Vendor.Drawn.Take(asked.Request.Count).Skip(skip));
        (host.Vendor.Arrivals, host.Vendor.Orders.Count).ShouldBe((1, 1));
        outcome.Credits.ShouldBe(TVendor.Traits.ReportsCredits ? host.Vendor.Billed : null);
    }
}
