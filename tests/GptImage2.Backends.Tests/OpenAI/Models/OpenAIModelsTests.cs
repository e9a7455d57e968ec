using GptImage2.Backends.OpenAI.Models;
using GptImage2.Generation.Models;

namespace GptImage2.Backends.Tests.OpenAI.Models;

public sealed class OpenAIModelsTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Theory]
    [InlineData("gpt-image-2", "gpt-image-2")]
    [InlineData("gpt-image-2-2026-04-21", "gpt-image-2")]
    [InlineData("gpt-image-2.5-flare", "gpt-image-2.5")]
    [InlineData("gpt-image-2.5-sunburst-2026-09-08", "gpt-image-2.5")]
    [InlineData("gpt-image-2.6-sunburst", "gpt-image-2.6")]
    [InlineData("gpt-image-1.5-2025-12-16", "gpt-image-1.5")]
    [InlineData("gpt-image-2.7-comet", "unknown")]
    [InlineData("gpt-image-20", "unknown")]
    [InlineData("sd-cpp-local", "unknown")]
    public void An_id_belongs_to_its_family_and_is_sent_as_written(string model, string family)
    {
        var profile = OpenAIModels.Resolve(model);

        profile.Family.ShouldBe(family);
        profile.Model.ShouldBe(model);
    }

    [Fact]
    public void A_model_that_nobody_knows_gets_the_rules_of_gpt_image_2_no_price_and_a_warning()
    {
        var profile = OpenAIModels.Resolve("sd-cpp-local");

        profile.Sizes.ShouldBe(OpenAIModels.Resolve("gpt-image-2").Sizes);
        profile.Tariff.ShouldBeOfType<Tariff.Unknown>();
        profile.Warning.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("gpt-image-1", true)]
    [InlineData("dall-e-3", true)]
    [InlineData("gpt-image-1.5", false)]
    [InlineData("gpt-image-2", false)]
    [InlineData("sd-cpp-local", false)]
    public void A_model_that_was_switched_off_has_a_replacement(string model, bool gone) =>
        (OpenAIModels.FindReplacement(model, Today) is not null).ShouldBe(gone);

    [Fact]
    public void A_model_is_gone_from_the_day_of_its_shutdown_on() =>
        OpenAIModels.FindReplacement("gpt-image-1.5", new DateOnly(2026, 12, 1)).ShouldNotBeNull();
}
