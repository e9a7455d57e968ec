using GptImage2.Backends.OpenAI.Compatible.Servers;
using GptImage2.Backends.OpenAI.Models;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Jobs;
using GptImage2.Imaging;
using GptImage2.Testing.Compatible;
using GptImage2.Testing.Compatible.Servers;
using GptImage2.Testing.Hosts;

namespace GptImage2.Backends.Tests.OpenAI.Compatible;

/// <summary>The very first call, with an address and no other setting: what the server is decides its rules and its price before anything is planned.</summary>
public sealed class CompatibleWorkflowTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_local_server_draws_with_the_first_call_free_and_under_the_usual_caps()
    {
        await using var server = new StrictSdServer();
        await StrictServer.StartAsync(server);
        await using var host = CreateHost(server);

        var view = await host.AskAsync(WorkflowHost.Request(delivery: new() { Format = ImageFormat.Webp }), Cancellation);

        view.Failure.ShouldBeNull();
        (view.Status, view.Usd).ShouldBe((JobStatus.Done, 0m));
        view.Images.ShouldHaveSingleItem().Record.File.Format.ShouldBe(ImageFormat.Webp);
        server.DrawRequests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task One_that_may_bill_is_refused_under_a_cap_though_it_runs_on_this_machine()
    {
        await using var server = new StrictLiteLlm();
        await StrictServer.StartAsync(server);
        await using var host = CreateHost(server);

        var refused = await Should.ThrowAsync<ImageException>(() => host.AskAsync(WorkflowHost.Request(), Cancellation));

        refused.Failure.Code.ShouldBe(FailureCode.SpendingRefused);
        server.DrawRequests.ShouldBeEmpty();
    }

    private static WorkflowHost CreateHost(StrictServer server) => new(more: services => services.AddGptImage2(new BackendOptions
    {
        Model = OpenAIModels.Default,
        Order = ["compatible"],
        Compatible = new CompatibleOptions { Url = server.Url, PollInterval = TimeSpan.FromMilliseconds(1) },
    }));
}
