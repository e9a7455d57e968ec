using GptImage2.Extensions.AI.Generator;
using GptImage2.Extensions.AI.Tests.Hosts;
using GptImage2.Generation;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Accounting;
using GptImage2.Testing.OpenAI.Responses;
using Microsoft.Extensions.AI;

namespace GptImage2.Extensions.AI.Tests.Generator;

/// <summary>A .NET program that draws with the pipeline, over OpenAI's stand-in.</summary>
public sealed class GptImageGeneratorTests
{
    [Fact]
    public async Task An_image_comes_with_its_id_path_and_cost_and_its_id_is_found_in_the_store()
    {
        await using var studio = await Studio.StartAsync();

        var answer = await studio.AskAsync("a lighthouse at dawn");

        var image = answer.Contents.ShouldHaveSingleItem().ShouldBeOfType<DataContent>();
        var order = studio.Service.Orders.ShouldHaveSingleItem();
        var usd = TokenPricing.CostMicroUsd(order, 1, 0) / 1_000_000m;
        var record = (await studio.FindAsync(image)).ShouldNotBeNull();
        var path = (string)image.AdditionalProperties![GptImageResult.PathProperty]!;
        (order.Quality, order.Size.ToString()).ShouldBe(("medium", "1024x1024"));
        (image.MediaType, image.Name, record.Prompt).ShouldBe(("image/png", Path.GetFileName(path), "a lighthouse at dawn"));
        (await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)).ShouldBe(image.Data.ToArray());
        image.AdditionalProperties[GptImageResult.UsdProperty].ShouldBe(usd);
        image.AdditionalProperties.ShouldNotContainKey(GptImageResult.WarningsProperty);
        answer.RawRepresentation.ShouldBeOfType<GptImageResult>().ShouldSatisfyAllConditions(
            result => result.Usd.ShouldBe(usd),
            result => result.Backend.ShouldBe("openai"),
            result => result.JobId.ShouldBe(record.JobId),
            result => result.Failure.ShouldBeNull());
        answer.Usage!.TotalTokenCount.ShouldBe(TokenPricing.TextTokens(order) + TokenPricing.OutputTokens(order, 1, 0));
    }

    [Fact]
    public async Task Options_reach_the_service()
    {
        await using var studio = await Studio.StartAsync();

        var answer = await studio.AskAsync("a lighthouse", new GptImageOptions { Count = 2, Quality = ImageQuality.High, Background = ImageBackground.Opaque, ImageSize = new(1536, 1024), MediaType = "image/png" });

        var order = studio.Service.Orders.ShouldHaveSingleItem();
        (order.Count, order.Quality, order.Background, order.Size.ToString()).ShouldBe((2, "high", "opaque", "1536x1024"));
        answer.Contents.Select(content => content.AdditionalProperties![GptImageResult.IdProperty]).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Plain_options_say_the_same_by_name_and_a_middleware_changes_nothing_about_it()
    {
        await using var studio = await Studio.StartAsync();
        using var images = studio.Images.AsBuilder().ConfigureOptions(options => options.Count = 2).UseOpenTelemetry().Build();

        await images.GenerateAsync(
            new ImageGenerationRequest("a lighthouse"), new ImageGenerationOptions { AdditionalProperties = new() { ["quality"] = "low", ["background"] = "opaque" } }, TestContext.Current.CancellationToken);
        await images.GenerateAsync(new ImageGenerationRequest("a lighthouse"), new GptImageOptions { Quality = ImageQuality.High }, TestContext.Current.CancellationToken);

        studio.Service.Orders.Select(order => (order.Quality, order.Background, order.Count)).ShouldBe([("low", "opaque", 2), ("high", "auto", 2)]);
    }

    [Fact]
    public async Task A_region_changes_and_every_pixel_outside_it_stays_as_it_was()
    {
        await using var studio = await Studio.StartAsync();
        studio.Service.DrawImage = EditSimulator.Draw;
        var image = Pictures.Noise(1000, 750);

        var edited = (await studio.AskAsync(
            "a red door", new GptImageOptions { Region = [new() { X = 200, Y = 150, Width = 300, Height = 250, Units = RegionUnits.Pixels }] }, image)).Contents.ShouldHaveSingleItem();

        var (inside, outside) = Pictures.CountChanges(image, edited, 200, 150, 500, 400);
        outside.ShouldBe(0);
        inside.ShouldBeGreaterThan(60_000);
        (await studio.FindAsync(edited)).ShouldNotBeNull().Region.ShouldNotBeNull().ChangedOutside.ShouldBe(0);
    }

    [Fact]
    public async Task A_mask_changes_and_every_pixel_outside_it_stays_as_it_was()
    {
        await using var studio = await Studio.StartAsync();
        studio.Service.DrawImage = EditSimulator.Draw;
        var image = Pictures.Noise(1024, 768);

        var edited = (await studio.AskAsync("a red door", new GptImageOptions { Mask = Pictures.Mask(1024, 768, 100, 100, 420, 330) }, image)).Contents.ShouldHaveSingleItem();

        var (inside, outside) = Pictures.CountChanges(image, edited, 100, 100, 420, 330);
        outside.ShouldBe(0);
        inside.ShouldBeGreaterThan(60_000);
        studio.Service.Orders.ShouldHaveSingleItem().Mask.ShouldNotBeNull();
    }

    [Fact]
    public async Task Several_images_are_sent_in_order_with_their_roles()
    {
        await using var studio = await Studio.StartAsync();
        DataContent[] given = [Pictures.Noise(320, 320, 1), Pictures.Noise(320, 240, 2), Pictures.Noise(240, 320, 3)];

        await studio.AskAsync("a portrait", new GptImageOptions { Roles = [ReferenceRole.Identity, ReferenceRole.Style] }, given);

        var order = studio.Service.Orders.ShouldHaveSingleItem();
        order.Images.Select(image => Convert.ToHexString(image.Bytes.Span)).ShouldBe(given.Select(image => Convert.ToHexString(image.Data.Span)));
        order.Prompt.ShouldSatisfyAllConditions(
            prompt => prompt.ShouldContain("Image 1 is an identity lock"),
            prompt => prompt.ShouldContain("Image 2 is the style"),
            prompt => prompt.ShouldContain("Image 3 is an object"));
    }

    [Fact]
    public async Task An_image_of_the_store_goes_back_as_itself_by_its_content_or_its_id()
    {
        await using var studio = await Studio.StartAsync();
        var first = (DataContent)(await studio.AskAsync("a lighthouse")).Contents[0];
        var id = (string)first.AdditionalProperties![GptImageResult.IdProperty]!;

        AIContent[] ways = [first, new HostedFileContent(id), new UriContent($"image://{id}", "image/png")];
        foreach (var way in ways)
        {
            var edited = (await studio.AskAsync($"make it night, {way.GetType().Name}", null, way)).Contents[0];
            (await studio.FindAsync(edited)).ShouldNotBeNull().Inputs.ShouldNotBeNull().ShouldHaveSingleItem().Image.ShouldBe(id);
        }

        studio.Service.Orders.Skip(1).Select(order => Convert.ToHexString(order.Images[0].Bytes.Span)).Distinct().ShouldHaveSingleItem().ShouldBe(Convert.ToHexString(first.Data.Span));
    }

    [Theory]
    [InlineData(ImageGenerationResponseFormat.Uri, typeof(UriContent))]
    [InlineData(ImageGenerationResponseFormat.Hosted, typeof(HostedFileContent))]
    [InlineData(ImageGenerationResponseFormat.Data, typeof(DataContent))]
    public async Task An_image_comes_as_its_bytes_its_address_or_its_id(ImageGenerationResponseFormat format, Type type)
    {
        await using var studio = await Studio.StartAsync();

        var image = (await studio.AskAsync("a lighthouse", new GptImageOptions { ResponseFormat = format })).Contents.ShouldHaveSingleItem();

        image.ShouldBeOfType(type);
        (await studio.FindAsync(image)).ShouldNotBeNull();
        if (image is UriContent { Uri: var address })
        {
            File.Exists(address.LocalPath).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task A_cap_refuses_before_anything_is_sent_and_an_estimate_says_why()
    {
        await using var studio = await Studio.StartAsync(settings => settings with { Spending = new() { PerCallUsd = 0.01m } });
        var options = new GptImageOptions { Quality = ImageQuality.High };

        var failure = await studio.FailAsync("a lighthouse", options);
        var price = await studio.Get<GptImageGenerator>().EstimateAsync(new ImageGenerationRequest("a lighthouse"), options, TestContext.Current.CancellationToken);

        (failure.Code, failure.Billed).ShouldBe((FailureCode.SpendingRefused, Billing.No));
        price.Ceiling.ShouldNotBeNull().ShouldBeGreaterThan(0.01m);
        studio.Service.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_cap_of_a_day_counts_what_each_owner_has_spent()
    {
        await using var studio = await Studio.StartAsync(settings => settings with { Spending = new() { DailyUsdPerCaller = 0.08m } });

        await studio.AskAsync("a lighthouse", new GptImageOptions { Owner = "ada" });
        var failure = await studio.FailAsync("another lighthouse", new GptImageOptions { Owner = "ada" });
        await studio.AskAsync("another lighthouse", new GptImageOptions { Owner = "bob" });

        failure.Code.ShouldBe(FailureCode.SpendingRefused);
        studio.Service.Orders.Count.ShouldBe(2);
    }

    public static TheoryData<GptImageOptions, int, string> Mistakes => new()
    {
        { new() { ImageSize = new(1000, 1000) }, 0, "width" },
        { new() { ImageSize = new(0, 1024) }, 0, "width" },
        { new() { MediaType = "image/gif" }, 0, "MediaType" },
        { new() { ModelId = "gpt-image-9" }, 0, "ModelId" },
        { new() { Count = 11 }, 0, "count" },
        { new() { Mask = new TextContent("a mask") }, 1, "Mask" },
        { new() { Mask = Pictures.Mask(320, 320, 0, 0, 9, 9) }, 0, "OriginalImages" },
        { new() { Region = [new() { X = 0, Y = 0, Width = 0.5, Height = 0.5 }], ImageSize = new(1024, 1024) }, 1, "Mask" },
        { new() { Region = [new() { X = 0, Y = 0, Width = 0.5, Height = 0.5 }], Mask = Pictures.Mask(320, 320, 0, 0, 9, 9) }, 1, "mask" },
        { new() { Feather = 3 }, 1, "Region" },
        { new() { Roles = [ReferenceRole.Style] }, 0, "Roles" },
        { new() { Cutout = true, Background = ImageBackground.Opaque }, 0, "Background" },
        { new() { Translucent = true, Background = ImageBackground.Opaque }, 0, "Background" },
        { new() { Translucent = true, Count = 2 }, 0, "count" },
        { new() { SaveTo = "/etc/lighthouse.png" }, 0, "save_to" },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public async Task A_mistake_is_refused_with_what_is_right_and_nothing_is_sent(GptImageOptions options, int images, string argument)
    {
        await using var studio = await Studio.StartAsync();

        var failure = await studio.FailAsync("a lighthouse", options, [.. Enumerable.Range(1, images).Select(seed => Pictures.Noise(320, 320, seed))]);

        (failure.Code, failure.Billed).ShouldBe((FailureCode.InvalidRequest, Billing.No));
        failure.Message.ShouldContain($"{argument}: expected");
        studio.Service.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_no_image_is_refused_by_its_place()
    {
        await using var studio = await Studio.StartAsync();

        (await studio.FailAsync("a lighthouse", null, Pictures.Noise(1024, 1024), new TextContent("a boat"))).Argument.ShouldBe("OriginalImages[1]");
        (await studio.FailAsync("a lighthouse", null, new UriContent("file:///etc/hostname", "image/png"))).Argument.ShouldBe("OriginalImages[0]");
    }

    [Fact]
    public async Task A_plain_option_that_means_nothing_is_refused()
    {
        await using var studio = await Studio.StartAsync();

        (await studio.FailAsync("a lighthouse", new ImageGenerationOptions { AdditionalProperties = new() { ["quality"] = "best" } })).Argument.ShouldBe("quality");
    }

    [Fact]
    public async Task A_failure_of_the_service_says_whether_it_was_billed()
    {
        await using var studio = await Studio.StartAsync();
        studio.Service.DefaultResponse = ScriptedResponse.Disconnect;

        (await studio.FailAsync("a lighthouse")).Billed.ShouldBe(Billing.Unknown);
    }

    [Fact]
    public async Task A_copy_goes_to_a_file_or_into_a_folder_named_after_the_prompt()
    {
        await using var studio = await Studio.StartAsync();

        await studio.AskAsync("A lighthouse at dawn", new GptImageOptions { SaveFolder = studio.GetPath("out") });
        var image = (await studio.AskAsync("a boat", new GptImageOptions { SaveTo = studio.GetPath("out/boat.webp") })).Contents[0];

        File.Exists(studio.GetPath("out/a-lighthouse-at-dawn.png")).ShouldBeTrue();
        ((IEnumerable<string>)image.AdditionalProperties![GptImageResult.CopiesProperty]!).ShouldHaveSingleItem().ShouldEndWith("boat.webp");
        studio.Service.Orders.Select(order => order.Format).ShouldBe(["png", "webp"]);
    }

    [Fact]
    public async Task Without_a_key_a_sketch_says_that_it_is_one()
    {
        await using var studio = await Studio.StartAsync(settings => settings with { Backends = new() { Model = "gpt-image-2" } });

        var image = (await studio.AskAsync("a lighthouse")).Contents.ShouldHaveSingleItem();

        ((IEnumerable<string>)image.AdditionalProperties![GptImageResult.WarningsProperty]!).First().ShouldStartWith("SKETCH");
        image.AdditionalProperties[GptImageResult.UsdProperty].ShouldBe(0m);
    }

    [Fact]
    public async Task The_same_call_joins_the_one_that_is_being_made_unless_it_is_to_be_fresh()
    {
        await using var studio = await Studio.StartAsync();
        var start = new TaskCompletionSource();
        studio.Service.DefaultResponse = new ScriptedResponse { StartSignal = start.Task };

        var (one, other) = (studio.AskAsync("a lighthouse"), studio.AskAsync("a lighthouse"));
        var fresh = studio.AskAsync("a lighthouse", new GptImageOptions { Fresh = true });
        await studio.Service.WaitForRequestsAsync(2);
        start.SetResult();
        var ids = (await Task.WhenAll(one, other, fresh)).Select(answer => answer.Contents[0].AdditionalProperties![GptImageResult.IdProperty]).ToArray();

        ids[0].ShouldBe(ids[1]);
        ids[2].ShouldNotBe(ids[0]);
        studio.Service.Orders.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Who_gives_up_finds_what_was_paid_for_by_the_same_call()
    {
        await using var studio = await Studio.StartAsync();
        var start = new TaskCompletionSource();
        studio.Service.DefaultResponse = new ScriptedResponse { StartSignal = start.Task };
        using var given = new CancellationTokenSource();

        var asking = studio.Images.GenerateAsync(new ImageGenerationRequest("a lighthouse"), null, given.Token);
        await studio.Service.WaitForRequestsAsync(1);
        await given.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => asking);
        start.SetResult();
        var answer = await studio.AskAsync("a lighthouse");

        answer.Contents.Count.ShouldBe(1);
        studio.Service.Orders.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_end_of_the_program_waits_for_what_was_paid_for()
    {
        var start = new TaskCompletionSource();
        var studio = await Studio.StartAsync();
        studio.Service.DefaultResponse = new ScriptedResponse { StartSignal = start.Task };
        using var given = new CancellationTokenSource();
        var asking = studio.Images.GenerateAsync(new ImageGenerationRequest("a lighthouse"), new GptImageOptions { SaveTo = studio.GetPath("lighthouse.png") }, given.Token);
        await studio.Service.WaitForRequestsAsync(1);
        await given.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => asking);

        var ending = studio.Get<GptImageGenerator>().DisposeAsync().AsTask();
        ending.IsCompleted.ShouldBeFalse();
        start.SetResult();
        await ending;

        File.Exists(studio.GetPath("lighthouse.png")).ShouldBeTrue();
        await studio.DisposeAsync();
    }

    [Fact]
    public async Task It_says_what_it_is()
    {
        await using var studio = await Studio.StartAsync();

        studio.Images.GetRequiredService<ImageGeneratorMetadata>().DefaultModelId.ShouldBe("gpt-image-2");
        studio.Images.GetRequiredService<ModelProfile>().Model.ShouldBe("gpt-image-2");
        studio.Images.GetRequiredService<ImageWorkflow>().ShouldBeSameAs(studio.Get<ImageWorkflow>());
        studio.Images.GetRequiredService<GptImageGenerator>().ShouldBeSameAs(studio.Images);
        studio.Images.GetService<Dimensions>().ShouldBe(default);
        studio.Images.GetService(typeof(ImageGeneratorMetadata), "key").ShouldBeNull();
    }
}
