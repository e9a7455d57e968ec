using GptImage2.Backends.OpenAI.Models;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Imaging;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Generation.Tests.Planning;

/// <summary>What a service cannot do is refused by its profile, in words that say what can be done instead.</summary>
public sealed class LackingServiceTests
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddGeneration().BuildServiceProvider();
    private static readonly ModelProfile Profile = OpenAIModels.Resolve(OpenAIModels.Default);
    private static readonly Reference Picture = new() { Image = "a.png", Argument = "image" };

    [Fact]
    public void A_service_without_masks_does_not_keep_to_a_part_and_takes_references_all_the_same()
    {
        var profile = Profile with { AcceptsMask = false };

        Check(new InpaintRequest { Prompt = "x", Size = new Dimensions(1024, 1024), Image = Picture, Mask = "m.png" }, profile).ShouldHaveSingleItem().Expected.ShouldContain("neither region nor mask");
        Check(new EditRequest { Prompt = "x", Size = new Dimensions(1024, 1024), References = [Picture] }, profile).ShouldBeEmpty();
    }

    [Fact]
    public void A_service_that_edits_nothing_takes_no_image_at_all()
    {
        var profile = Profile with { MaxReferences = 0 };

        Check(new EditRequest { Prompt = "x", Size = new Dimensions(1024, 1024), References = [Picture] }, profile).ShouldHaveSingleItem().Argument.ShouldBe("references");
        Check(new InpaintRequest { Prompt = "x", Size = new Dimensions(1024, 1024), Image = Picture, Mask = "m.png" }, profile).ShouldHaveSingleItem().Argument.ShouldBe("image");
        Check(new GenerateRequest { Prompt = "x", Size = new Dimensions(1024, 1024) }, profile).ShouldBeEmpty();
    }

    [Fact]
    public void A_service_that_edits_nothing_draws_no_second_picture_and_says_what_it_does()
    {
        var request = new GenerateRequest { Prompt = "x", Size = new Dimensions(1024, 1024) }.WithTwoBackdrops();

        var violation = Check(request, Profile with { MaxReferences = 0 }).ShouldHaveSingleItem();

        (violation.Argument, violation.Received, violation.Nearest).ShouldBe(("cutout", "translucent", "true"));
        Check(request, Profile).ShouldBeEmpty();
    }

    [Fact]
    public void Quality_auto_is_warned_of_where_the_service_takes_it_for_a_dear_one()
    {
        var (profile, request) = (Profile with { DefaultQuality = ImageQuality.High }, new GenerateRequest { Prompt = "x", Size = new Dimensions(1024, 1024), Quality = ImageQuality.Auto });

        PlanWarnings.Collect(Validate(request, profile)).ShouldContain(warning => warning.Contains("default is high"));
        PlanWarnings.Collect(Validate(request with { Quality = ImageQuality.Low }, profile)).ShouldBeEmpty();
        PlanWarnings.Collect(Validate(request, Profile)).ShouldBeEmpty();
    }

    private static IReadOnlyList<Violation> Check(ImageRequest request, ModelProfile profile) => Services.GetRequiredService<RequestValidator>().Check(request, profile);

    private static Validated<ImageRequest> Validate(ImageRequest request, ModelProfile profile) => Services.GetRequiredService<RequestValidator>().Validate(request, profile);
}
