using GptImage2.Backends.OpenAI.Models;
using GptImage2.Extensions.AI.Backend;
using GptImage2.Extensions.AI.Generator;
using GptImage2.Extensions.AI.Tests.Hosts;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;
using GptImage2.Imaging;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI.Responses;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Extensions.AI.Tests.Backend;

/// <summary>A generator that can do everything, and one of which nothing is known.</summary>
public sealed class ImageGeneratorBackendTests
{
    private static readonly byte[] Drawn = PngEncoder.Gradient(new Dimensions(1024, 1024), 7);

    /// <summary>Everything our own model can, at no price.</summary>
    private static readonly ModelProfile Capable = OpenAIModels.Resolve("gpt-image-2") with { Model = "studio-1", Tariff = new Tariff.Free() };

    [Fact]
    public async Task Gets_all_images_in_order_and_the_options_by_their_documented_names()
    {
        var generator = new ScriptedGenerator((_, _) => new([new DataContent(Drawn, "image/png")]));
        await using var studio = await StartAsync(generator, Capable);
        DataContent[] given = [Pictures.Noise(320, 320, 1), Pictures.Noise(320, 240, 2), Pictures.Noise(240, 320, 3)];

        await studio.AskAsync("put them together", new GptImageOptions { Quality = ImageQuality.High, Background = ImageBackground.Opaque, Format = ImageFormat.Webp, Compression = 80, ImageSize = new(1024, 1024) }, given);

        var (request, options) = generator.Calls.ShouldHaveSingleItem();
        request.OriginalImages!.Cast<DataContent>().Select(image => Convert.ToHexString(image.Data.Span)).ShouldBe(given.Select(image => Convert.ToHexString(image.Data.Span)));
        request.OriginalImages!.Cast<DataContent>().Select(image => image.Name).ShouldBe(["image-1.png", "image-2.png", "image-3.png"]);
        request.Prompt.ShouldEndWith("put them together");
        (options.ModelId, options.Count, options.MediaType, options.ImageSize).ShouldBe(("studio-1", 1, "image/webp", new System.Drawing.Size(1024, 1024)));
        options.AdditionalProperties.ShouldNotBeNull().ShouldBe(
            new Dictionary<string, object?> { ["quality"] = "high", ["background"] = "opaque", ["output_compression"] = 80 }, ignoreOrder: true);
    }

    [Fact]
    public async Task Gets_the_mask_of_a_region_as_a_picture_of_the_first_images_size()
    {
        var generator = new ScriptedGenerator((_, options) => new([new DataContent(PngEncoder.Gradient(new Dimensions(options.ImageSize!.Value.Width, options.ImageSize.Value.Height), 3), "image/png")]));
        await using var studio = await StartAsync(generator, Capable);
        var image = Pictures.Noise(1200, 900);

        var edited = (await studio.AskAsync("a red door", new GptImageOptions { Region = [new() { X = 0.25, Y = 0.25, Width = 0.25, Height = 0.25 }] }, image)).Contents.ShouldHaveSingleItem();

        var (request, options) = generator.Calls.ShouldHaveSingleItem();
        var mask = PngFile.Read(((DataContent)options.AdditionalProperties![ImageOptionNames.Mask]!).Data.Span);
        mask.Header.Size.ShouldBe(PngFile.Read(((DataContent)request.OriginalImages!.Single()).Data.Span).Header.Size);
        mask.Decode().HasClearPixel.ShouldBeTrue();
        var (inside, outside) = Pictures.CountChanges(image, edited, 300, 225, 600, 450);
        outside.ShouldBe(0);
        inside.ShouldBeGreaterThan(50_000);
    }

    [Fact]
    public async Task Nothing_is_named_that_was_not_asked_for()
    {
        var generator = new ScriptedGenerator((_, _) => new([new DataContent(Drawn, "image/png")]));
        await using var studio = await StartAsync(generator, GeneratorProfiles.CreateConservative("any") with { Tariff = new Tariff.Free() });

        await studio.AskAsync("a lighthouse");

        var (request, options) = generator.Calls.ShouldHaveSingleItem();
        (request.OriginalImages, options.AdditionalProperties, options.ResponseFormat).ShouldBe((null, null, null));
        (request.Prompt, options.ImageSize).ShouldBe(("a lighthouse", new System.Drawing.Size(1024, 1024)));
    }

    [Fact]
    public async Task An_unknown_generator_is_asked_for_nothing_that_it_may_ignore()
    {
        var generator = new ScriptedGenerator((_, _) => new([new DataContent(Drawn, "image/png")]));
        await using var studio = await StartAsync(generator, GeneratorProfiles.CreateConservative("any") with { Tariff = new Tariff.Free() });
        (GptImageOptions Options, AIContent[] Images, string Argument)[] refused =
        [
            (new() { Count = 2 }, [], "count"),
            (new() { Quality = ImageQuality.Low }, [], "quality"),
            (new() { Background = ImageBackground.Transparent }, [], "background"),
            (new() { ImageSize = new(2048, 2048) }, [], "width"),
            (new(), [Pictures.Noise(320, 320)], "references"),
            (new() { Mask = Pictures.Mask(320, 320, 0, 0, 99, 99) }, [Pictures.Noise(320, 320)], "image"),
        ];

        foreach (var (options, images, argument) in refused)
        {
            var failure = await studio.FailAsync("a lighthouse", options, images);

            (failure.Code, failure.Billed).ShouldBe((FailureCode.InvalidRequest, Billing.No));
            failure.Message.ShouldContain($"{argument}: expected");
        }

        generator.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_price_that_is_unknown_is_refused_while_there_are_caps()
    {
        var generator = new ScriptedGenerator((_, _) => new([new DataContent(Drawn, "image/png")]));
        await using var studio = await StartAsync(generator, GeneratorProfiles.CreateConservative("any"));

        (await studio.FailAsync("a lighthouse")).Code.ShouldBe(FailureCode.SpendingRefused);

        generator.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_image_that_is_only_named_is_fetched()
    {
        var generator = new ScriptedGenerator((_, _) => new([new UriContent("https://images.example.com/1.png?sig=secret", "image/png")]));
        await using var studio = await StartAsync(generator, Capable);
        studio.Internet.Response = Drawn;

        var image = (await studio.AskAsync("a lighthouse")).Contents.ShouldHaveSingleItem();

        ((DataContent)image).Data.ToArray().ShouldBe(Drawn);
        studio.Internet.RequestedAddresses.ShouldHaveSingleItem().Host.ShouldBe("images.example.com");
    }

    public static TheoryData<AIContent[], FailureCode, Billing, string> Answers => new()
    {
        { [], FailureCode.ServiceFailed, Billing.Unknown, "no image" },
        { [new TextContent("I would rather not.")], FailureCode.ServiceFailed, Billing.Unknown, "I would rather not." },
        { [new UriContent("https://images.example.com/gone.png", "image/png")], FailureCode.NotFound, Billing.Yes, "nothing there" },
        { [new UriContent("http://127.0.0.1/1.png", "image/png")], FailureCode.AnswerLost, Billing.Yes, "http:" },
        { [new HostedFileContent("file-1")], FailureCode.AnswerLost, Billing.Yes, "hosted file" },
        { [new DataContent("no image"u8.ToArray(), "image/png")], FailureCode.UnreadableImage, Billing.Yes, "" },
    };

    [Theory]
    [MemberData(nameof(Answers), DisableDiscoveryEnumeration = true)]
    public async Task What_is_no_image_is_never_delivered_as_one(AIContent[] answer, FailureCode code, Billing billed, string text)
    {
        await using var studio = await StartAsync(new ScriptedGenerator((_, _) => new([.. answer])), Capable);

        var failure = await studio.FailAsync("a lighthouse");

        (failure.Code, failure.Billed).ShouldBe((code, billed), failure.Message);
        failure.Message.ShouldContain(text);
    }

    [Fact]
    public async Task Fewer_images_than_were_asked_for_are_delivered_with_a_failure_and_more_are_left_out()
    {
        await using var few = await StartAsync(new ScriptedGenerator((_, _) => new([new DataContent(Drawn, "image/png")])), Capable);
        await using var many = await StartAsync(new ScriptedGenerator((_, _) => new([.. Enumerable.Repeat(new DataContent(Drawn, "image/png"), 3)])), Capable);

        var short1 = await few.AskAsync("a lighthouse", new() { Count = 2 });
        var cut = await many.AskAsync("a lighthouse", new() { Count = 2 });

        short1.Contents.Count.ShouldBe(1);
        short1.RawRepresentation.ShouldBeOfType<GptImageResult>().Failure.ShouldNotBeNull().Message.ShouldContain("1 of 2 images");
        ((IEnumerable<string>)short1.Contents[0].AdditionalProperties![GptImageResult.WarningsProperty]!).ShouldContain(warning => warning.Contains("1 of 2 images", StringComparison.Ordinal));
        cut.Contents.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_generator_can_stand_behind_another_backend_and_takes_over_where_that_refuses_unbilled()
    {
        var generator = new ScriptedGenerator((_, _) => new([new DataContent(Drawn, "image/png")]));
        await using var studio = await Studio.StartAsync(
            settings => settings with { Backends = settings.Backends with { Order = ["openai", "scripted"] } },
            (services, _) => services.AddImageGeneratorBackend(new() { Name = "scripted", Profile = Capable }, _ => generator));
        studio.Service.DefaultResponse = ScriptedResponse.Error(429, "insufficient_quota", "No credit.", "insufficient_quota");

        var answer = await studio.AskAsync("a lighthouse");

        answer.RawRepresentation.ShouldBeOfType<GptImageResult>().Backend.ShouldBe("scripted");
        generator.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_generator_does_not_take_over_what_its_own_profile_refuses_and_the_failure_says_so()
    {
        var generator = new ScriptedGenerator((_, _) => new([new DataContent(Drawn, "image/png")]));
        await using var studio = await Studio.StartAsync(
            settings => settings with { Backends = settings.Backends with { Order = ["openai", "scripted"] } },
            (services, _) => services.AddImageGeneratorBackend(new() { Name = "scripted", Profile = Capable with { AcceptsMask = false } }, _ => generator));
        studio.Service.DefaultResponse = ScriptedResponse.Error(429, "insufficient_quota", "No credit.", "insufficient_quota");

        var failure = await studio.FailAsync("a red door", new GptImageOptions { Mask = Pictures.Mask(320, 320, 40, 40, 200, 200) }, Pictures.Noise(320, 320));

        failure.Code.ShouldBe(FailureCode.OutOfMoney);
        failure.Message.ShouldContain("scripted cannot do it either (mask: expected neither region nor mask");
        generator.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Backends_that_are_not_there_cannot_be_named()
    {
        await using var studio = await Studio.StartAsync(settings => settings with { Backends = settings.Backends with { Order = ["openai", "elsewhere"] } });

        Should.Throw<InvalidOperationException>(() => studio.Images).Message.ShouldContain("elsewhere");
    }

    [Fact]
    public async Task A_backend_cannot_take_the_name_of_another()
    {
        await using var studio = await Studio.StartAsync();

        Should.Throw<ArgumentException>(() => new ServiceCollection().AddImageGeneratorBackend(new() { Name = "openai", Profile = Capable }, _ => studio.Images));
    }

    private static Task<Studio> StartAsync(IImageGenerator generator, ModelProfile profile) => Studio.StartAsync(
        settings => settings with { Backends = settings.Backends with { OpenAI = null } },
        (services, _) => services.AddImageGeneratorBackend(new() { Name = "scripted", Profile = profile }, _ => generator));
}
