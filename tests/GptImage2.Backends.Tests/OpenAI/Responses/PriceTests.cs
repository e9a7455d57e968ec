using GptImage2.Backends.OpenAI.Responses;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Generation.Spending;
using GptImage2.Imaging;
using GptImage2.Testing.OpenAI.StrictResponses;

namespace GptImage2.Backends.Tests.OpenAI.Responses;

/// <summary>Two models are billed, each at its own price.</summary>
public sealed class PriceTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    /// <summary>What is set aside is never less than what the books say, and what is settled is exactly that.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task The_ceiling_holds_the_bill_and_the_settled_cost_is_the_bill(int seed)
    {
        var random = new Random(seed);
        await using var host = await ResponsesHost.StartAsync(responses: new ResponsesOptions { TextModel = random.Next(2) is 0 ? "gpt-5.4-mini" : "gpt-5.4" });
        host.Server.DefaultScript = ResponseScript.Draws with { Polls = 1 };
        var images = random.Next(4);
        var prompt = string.Concat(Enumerable.Repeat(random.Next(2) is 0 ? "a fox " : "🦊 ", random.Next(1, 200)));
        ImageRequest request = images is 0 ? BackendHost.CreateRequest(prompt, count: random.Next(1, 4)) : EditSamples.References(images) with { Prompt = prompt, Count = random.Next(1, 3) };
        request = request with
        {
            Size = random.Next(2) is 0 ? new Dimensions(1024, 1024) : new Dimensions(1536, 1024),
            Quality = random.GetItems([ImageQuality.Auto, ImageQuality.Low, ImageQuality.Medium, ImageQuality.High], 1)[0],
        };
        using var backend = host.CreateBackend();
        var price = PriceCalculator.Estimate(new RequestValidator([]).Validate(request, backend.Profile), [.. Enumerable.Repeat(EditSamples.Size, images)]);

        var outcome = await host.RenderAsync(request, images is 0 ? null : EditSamples.PngInputs(images));

        var billed = host.Server.BilledMicroUsd / 1_000_000m;
        price.Ceiling!.Value.ShouldBeGreaterThanOrEqualTo(billed);
        price.Ceiling.Value.ShouldBeGreaterThanOrEqualTo(price.Estimate!.High);
        price.Estimate.High.ShouldBeGreaterThanOrEqualTo(billed);
        price.Estimate.Low.ShouldBeLessThanOrEqualTo(billed);
        PriceCalculator.CalculateActual(backend.Profile.Tariff, outcome)!.Value.ShouldBe(billed, tolerance: 0.00001m);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Usage_of_one_model_alone_settles_nothing(bool withoutTool, bool withoutText)
    {
        await using var host = await ResponsesHost.StartAsync();
        host.Server.Enqueue(new ResponseScript { WithoutToolUsage = withoutTool, WithoutUsage = withoutText });

        var outcome = await host.RenderAsync(BackendHost.CreateRequest());

        outcome.Usage.ShouldBeNull();
        using var backend = host.CreateBackend();
        PriceCalculator.CalculateActual(backend.Profile.Tariff, outcome).ShouldBeNull();
        PriceCalculator.CalculateActual(backend.Profile.Tariff, new RenderOutcome(new TokenUsage(10, 0, 1756), null)).ShouldBeNull();
    }

    [Theory]
    [InlineData("gpt-5.4-mini", true)]
    [InlineData("gpt-5.4-mini-2026-03-17", true)]
    [InlineData("gpt-5.4", true)]
    [InlineData("gpt-5.4-pro", false)]
    [InlineData("gpt-5.4-minimal", false)]
    [InlineData("gpt-5.5", false)]
    [InlineData("mine", false)]
    public async Task The_price_of_a_text_model_that_is_not_known_is_unknown(string textModel, bool known)
    {
        await using var host = await ResponsesHost.StartAsync(responses: new ResponsesOptions { TextModel = textModel });
        using var backend = host.CreateBackend();

        var price = PriceCalculator.Estimate(new RequestValidator([]).Validate<ImageRequest>(BackendHost.CreateRequest(), backend.Profile), []);

        (price.Unit, price.Ceiling is not null).ShouldBe((CostUnit.Usd, known));
        (backend.Profile.Warning?.Contains(textModel, StringComparison.Ordinal) is true).ShouldBe(!known);
    }

    [Fact]
    public async Task A_text_model_costs_extra_for_each_image()
    {
        await using var host = await ResponsesHost.StartAsync();
        using var backend = host.CreateBackend();
        decimal Ceiling(int count, ModelProfile profile) => PriceCalculator.Estimate(new RequestValidator([]).Validate<ImageRequest>(BackendHost.CreateRequest(count: count), profile), []).Ceiling!.Value;
        var plain = GptImage2.Backends.OpenAI.Models.OpenAIModels.Resolve("gpt-image-2");

        var (one, three) = (Ceiling(1, backend.Profile) - Ceiling(1, plain), Ceiling(3, backend.Profile) - Ceiling(3, plain));

        one.ShouldBeGreaterThan(0.02m);
        three.ShouldBe(3 * one);
    }
}
