using GptImage2.Backends.OpenAI.Models;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Generation.Spending;

namespace GptImage2.Generation.Tests.Spending;

public sealed class SpendingTests
{
    private static readonly RequestValidator NoRules = new([]);

    [Fact]
    public void An_estimate_is_the_images_and_a_little_for_the_prompt_and_never_above_the_ceiling()
    {
        var price = Price(WorkflowHost.Request(count: 4) with { Size = SizePreset.Square.Size });

        price.Estimate!.Low.ShouldBeInRange(4 * 0.0526m, 4 * 0.0528m);
        price.Estimate.High.ShouldBeGreaterThanOrEqualTo(price.Estimate.Low);
        price.Ceiling!.Value.ShouldBeGreaterThanOrEqualTo(price.Estimate.High);
    }

    [Theory]
    [InlineData("gpt-image-2")]
    [InlineData("gpt-image-2.5-flare")]
    public void The_ceiling_of_transparency_holds_the_longer_words_of_a_second_request(string model)
    {
        var request = WorkflowHost.Request() with { Background = ImageBackground.Transparent };

        Price(request, OpenAIModels.Resolve(model)).Ceiling.ShouldBe(Price((GenerateRequest)request.WithChromaKey(), OpenAIModels.Resolve(model)).Ceiling);
    }

    [Fact]
    public void Quality_auto_may_become_any_quality()
    {
        var price = Price(WorkflowHost.Request() with { Size = SizePreset.Square.Size, Quality = ImageQuality.Auto });

        price.Estimate!.Low.ShouldBeInRange(0.0058m, 0.0060m);
        price.Estimate.High.ShouldBeInRange(0.2107m, 0.2110m);
    }

    [Fact]
    public void Partial_images_are_counted()
    {
        var plain = Price(WorkflowHost.Request());
        var previewed = Price(WorkflowHost.Request(), OpenAIModels.Resolve(OpenAIModels.Default) with { PartialImages = 3 });

        (previewed.Ceiling - plain.Ceiling).ShouldBe(3 * 100 * 30m / 1_000_000);
    }

    [Fact]
    public void A_model_without_a_formula_has_no_estimate_and_the_dearest_familys_ceiling()
    {
        var price = Price(WorkflowHost.Request() with { Size = SizePreset.Square.Size }, OpenAIModels.Resolve("gpt-image-2.6-flare"));

        price.Estimate.ShouldBeNull();
        price.Ceiling!.Value.ShouldBeInRange(0.0526m, 0.0530m);
    }

    [Fact]
    public void A_model_that_nobody_knows_is_refused_under_a_cap_until_the_user_allows_it()
    {
        var price = Price(WorkflowHost.Request(), OpenAIModels.Resolve("gpt-image-9"));

        price.Ceiling.ShouldBeNull();
        new SpendingCaps(new SpendingOptions()).CheckPerCallCap(price)!.Message.ShouldContain("GPTIMAGE2_SPENDING__UNPRICED=allow");
        new SpendingCaps(new SpendingOptions { AllowUnpriced = true }).CheckPerCallCap(price).ShouldBeNull();
        new SpendingCaps(new SpendingOptions { PerCallUsd = null, DailyUsd = null }).CheckPerCallCap(price).ShouldBeNull();
    }

    [Fact]
    public async Task A_call_above_the_cap_is_refused_before_anything_is_sent()
    {
        await using var host = new WorkflowHost(spending: new SpendingOptions { PerCallUsd = 0.01m });

        var refusal = await Should.ThrowAsync<ImageException>(() => host.AskAsync(WorkflowHost.Request()));

        refusal.Failure.Code.ShouldBe(FailureCode.SpendingRefused);
        refusal.Failure.Billed.ShouldBe(Billing.No);
        host.Backend.Calls.ShouldBe(0);
    }

    [Fact]
    public void What_was_spent_follows_from_reported_usage() =>
        PriceCalculator.CalculateActual(OpenAIModels.Resolve(OpenAIModels.Default).Tariff, new RenderOutcome(new TokenUsage(100, 1000, 1756), null)).ShouldBe(((100 * 5) + (1000 * 8) + (1756 * 30)) / 1_000_000m);

    [Fact]
    public void A_second_picture_costs_what_an_edit_of_the_canvas_does_and_the_price_is_of_both()
    {
        var request = (GenerateRequest)WorkflowHost.Request().WithTwoBackdrops();
        var profile = OpenAIModels.Resolve(OpenAIModels.Default);

        var both = Price(request);

        var first = Price(request with { Translucent = false });
        var second = PriceCalculator.Estimate(NoRules.Validate<ImageRequest>(SecondPicture.Create(request, "img_1"), profile), [request.Size]);
        (both.Estimate!.Low - second.Estimate!.Low).ShouldBe(first.Estimate!.Low, 0.001m);
        (both.Estimate!.High - second.Estimate!.High).ShouldBe(first.Estimate!.High, 0.001m);
        (both.Ceiling - second.Ceiling)!.Value.ShouldBe(first.Ceiling!.Value, 0.001m);
        second.Ceiling.ShouldNotBeNull().ShouldBeGreaterThan(first.Ceiling!.Value);
    }

    private static Price Price(GenerateRequest request, ModelProfile? profile = null) =>
        PriceCalculator.Estimate(NoRules.Validate<ImageRequest>(request, profile ?? OpenAIModels.Resolve(OpenAIModels.Default)), []);
}
