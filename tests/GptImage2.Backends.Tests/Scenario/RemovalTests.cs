using GptImage2.Backends.Tests.Contract;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Testing.Images;
using GptImage2.Testing.Rendering;
using GptImage2.Testing.Scenario.Jobs;
using GptImage2.Testing.Scenario.Protocol;

namespace GptImage2.Backends.Tests.Scenario;

/// <summary>What Scenario's background removers are asked for, and what they cost.</summary>
public sealed class RemovalTests
{
    private static readonly byte[] Photo = PngEncoder.Gradient(new Dimensions(64, 48), 3);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("bria", "model_bria-remove-background", """{"image":"asset_0001"}""")]
    [InlineData("photoroom", "model_photoroom-background-removal", """{"image":"asset_0001"}""")]
    [InlineData("pixa", "model_pixa-background-removal", """{"image":"asset_0001","outputFormat":"rgba"}""")]
    [InlineData("851-labs", "model_851-labs-background-remover", """{"image":"asset_0001","backgroundType":"rgba"}""")]
    [InlineData("ideogram", "model_ideogram-remove-background", """{"image":"asset_0001"}""")]
    public async Task Each_is_told_to_answer_with_the_image_itself(string name, string model, string input)
    {
        await using var host = await ScenarioHost.StartAsync(options => options with { Remover = name });

        var outcome = await RemoveAsync(host);

        var run = host.Server.Runs.ShouldHaveSingleItem();
        (run.Order.Model, run.Order.Input.GetRawText()).ShouldBe((model, input));
        run.Order.References.Single().Bytes.ShouldBe(Photo);
        (outcome.Credits, host.Sink.Prices.Single()).ShouldBe((ScenarioOrder.RemovalCost, ScenarioOrder.RemovalCost));
        host.Sink.Images.Single().ShouldBe(run.Assets.Single().Bytes);
    }

    [Fact]
    public async Task The_price_is_known_before_the_users_image_leaves_this_machine()
    {
        await using var host = await ScenarioHost.StartAsync();

        (await QuoteAsync(host)).ShouldBe(ScenarioOrder.RemovalCost);
        await QuoteAsync(host);

        host.Server.Assets.ShouldHaveSingleItem().Size.ShouldBe(new Dimensions(512, 512));
        host.Server.Assets.Single().IsHidden.ShouldBeTrue();
        host.Server.Runs.ShouldBeEmpty();
    }

    [Fact]
    public async Task None_removes_none()
    {
        await using var host = await ScenarioHost.StartAsync(options => options with { Remover = "none" });

        host.Backend.BackgroundRemoval.ShouldBeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Another_process_takes_it_up_by_either_record(int which)
    {
        await using var host = await ScenarioHost.StartAsync();
        await RemoveAsync(host);
        var sink = new InMemoryRenderSink();

        var outcome = await Remover(host.CreateBackend()).ResumeAsync(host.Sink.Checkpoints.ElementAt(which), Validate(Remover(host.Backend).Profile), 0, sink, Cancellation);

        (outcome.RequestId, sink.Images.Single().SequenceEqual(host.Sink.Images.Single()), host.Server.Runs.Count).ShouldBe(("job_0001", true, 1));
    }

    [Fact]
    public async Task A_model_that_is_gone_is_told_by_the_setting_that_chose_it()
    {
        await using var host = await ScenarioHost.StartAsync();
        host.Server.SelectReply = static (route, _) => route is ScenarioRoute.DryRun ? ScenarioReply.Refuse(404, "Model not found") : null;

        var failure = (await Should.ThrowAsync<ImageException>(() => QuoteAsync(host))).Failure;

        (failure.Code, failure.Billed).ShouldBe((FailureCode.ModelNotFound, Billing.No));
        failure.Message.ShouldContain("model_bria-remove-background");
        failure.Message.ShouldContain("GPTIMAGE2_SCENARIO__REMOVER");
    }

    [Fact]
    public async Task Doctor_asks_whether_it_is_there()
    {
        await using var host = await ScenarioHost.StartAsync();

        (await Remover(host.Backend).CheckAsync(Cancellation)).ShouldContain("model_bria-remove-background");
        host.Server.Charged.ShouldBe(0);
    }

    private static IResumableBackend Remover(Backends.Scenario.ScenarioBackend backend) => (IResumableBackend)backend.BackgroundRemoval!;

    private static Generation.Requests.Constraints.Validated<ImageRequest> Validate(ModelProfile profile) => ContractHost.Rules.Validate<ImageRequest>(
        new BackgroundRemovalRequest
        {
            Prompt = "Background removed",
            Size = new Dimensions(64, 48),
            Method = CutoutMethod.Service,
            Image = new Reference { Image = "photo.png", Argument = "image" },
        },
        profile);

    private static Task<decimal> QuoteAsync(ScenarioHost host) => ((IQuotingBackend)host.Backend.BackgroundRemoval!).QuoteAsync(Validate(Remover(host.Backend).Profile), Cancellation);

    private static Task<RenderOutcome> RemoveAsync(ScenarioHost host) =>
        Remover(host.Backend).RenderAsync(Validate(Remover(host.Backend).Profile), new RenderInputs([ScenarioHost.Input(Photo)], null), host.Sink, Cancellation);
}
