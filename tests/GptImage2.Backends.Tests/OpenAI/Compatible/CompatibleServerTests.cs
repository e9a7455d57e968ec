using GptImage2.Backends.OpenAI.Compatible.Servers;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Testing.Compatible;
using GptImage2.Testing.Compatible.Servers;

namespace GptImage2.Backends.Tests.OpenAI.Compatible;

/// <summary>What each server lacks is done here or refused, and doctor says which it is.</summary>
public sealed class CompatibleServerTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080", "http://127.0.0.1:8080/v1")]
    [InlineData("http://127.0.0.1:8080/v1/", "http://127.0.0.1:8080", "http://127.0.0.1:8080/v1")]
    [InlineData("https://openrouter.ai", "https://openrouter.ai", "https://openrouter.ai/api/v1")]
    [InlineData("https://openrouter.ai/api/v1", "https://openrouter.ai", "https://openrouter.ai/api/v1")]
    [InlineData("https://proxy.example/images", "https://proxy.example/images", "https://proxy.example/images/v1")]
    public void The_address_may_have_its_version_or_not(string url, string root, string api) => ApiAddress.Parse(new Uri(url)).ShouldBe(new ApiAddress(root, api));

    [Fact]
    public async Task An_unknown_server_is_asked_for_each_image_by_itself()
    {
        await using var host = await StartAsync(new StrictUnknownServer());

        await host.RenderAsync(CompatibleHost<StrictUnknownServer>.Words(3));
        await host.RenderAsync(EditSamples.Inpaint("mask.png"), CompatibleHost<StrictUnknownServer>.Masked(1));

        host.Server.Orders.Select(order => order.Count).ShouldBe([1, 1, 1, 1]);
        host.Sink.Images.ShouldBe(host.Server.Drawn);
        host.Server.Orders[^1].Mask!.Changes.ShouldContain(true);
        (await host.CheckAsync()).ShouldContain("is an unknown server with some-model; its prices are not known here");
    }

    [Fact]
    public async Task LocalAI_which_inpaints_one_image_a_call_is_asked_once_for_each()
    {
        await using var host = await StartAsync(new StrictLocalAI(), "flux.1-dev");

        await host.RenderAsync(EditSamples.Inpaint("mask.png") with { Count = 3 }, CompatibleHost<StrictLocalAI>.Masked(1));

        host.Server.Orders.Count.ShouldBe(3);
        host.Sink.Images.ShouldBe(host.Server.Drawn);
    }

    [Fact]
    public async Task The_images_before_a_failure_are_kept_and_counted_as_billed()
    {
        await using var host = await StartAsync(new StrictUnknownServer());
        host.Server.SelectReply = request => host.Server.Orders.Count is 1 && request.Method is "POST" ? new ServerReply { Status = 400, Body = """{"error":{"message":"No more."}}""" } : null;

        var failure = await host.FailAsync(CompatibleHost<StrictUnknownServer>.Words(3));

        (failure.Billed, host.Sink.Images.Count).ShouldBe((Billing.Yes, 1));
        failure.Message.ShouldStartWith("The first image is saved and billed. ");
    }

    [Fact]
    public async Task LocalAI_is_asked_for_base64_and_takes_references_with_words_and_masks_at_an_address_of_their_own()
    {
        await using var host = await StartAsync(new StrictLocalAI(), "flux.1-dev");

        await host.RenderAsync(CompatibleHost<StrictLocalAI>.Words(2, "a fox|ugly"));
        await host.RenderAsync(EditSamples.References(2), CompatibleHost<StrictLocalAI>.Inputs(2));
        await host.RenderAsync(EditSamples.Inpaint("mask.png"), CompatibleHost<StrictLocalAI>.Masked(1));

        host.Sink.Images.ShouldBe(host.Server.Drawn);
        host.Server.Orders.Select(order => (order.Count, order.References.Count)).ShouldBe([(2, 0), (1, 2), (1, 1)]);
        (host.Server.Negative, host.Backend.Profile.Tariff is Tariff.Free).ShouldBe((null, true));
        host.Server.Orders[^1].Mask!.Changes.ShouldContain(true);
        (await host.CheckAsync()).ShouldContain("is LocalAI with flux.1-dev; free");
    }

    [Fact]
    public async Task LocalAI_refuses_further_images_beside_a_mask_before_anything_is_sent()
    {
        await using var host = await StartAsync(new StrictLocalAI(), "flux.1-dev");
        var request = EditSamples.Inpaint("mask.png") with { References = [new Reference { Image = "b.png", Argument = "references[0].image" }] };

        var failure = await host.FailAsync(request, CompatibleHost<StrictLocalAI>.Masked(2));

        (failure.Code, failure.Argument, failure.Billed, host.Server.DrawRequests.Count).ShouldBe((FailureCode.InvalidRequest, "references", Billing.No, 0));
    }

    [Fact]
    public async Task VllmOmni_takes_a_white_mask_by_another_name_and_may_answer_with_the_file()
    {
        await using var host = await StartAsync(new StrictVllmOmni());

        await host.RenderAsync(EditSamples.Inpaint("mask.png"), CompatibleHost<StrictVllmOmni>.Masked(1));
        host.Server.AnswersWithFile = true;
        await host.RenderAsync(CompatibleHost<StrictVllmOmni>.Words());

        host.Sink.Images.ShouldBe(host.Server.Drawn);
        host.Server.Orders[0].Mask!.Changes.ShouldContain(true);
        (await host.CheckAsync()).ShouldContain("is vLLM-Omni");
    }

    [Fact]
    public async Task SGLang_answers_with_links_without_a_host_and_gets_no_mask()
    {
        await using var host = await StartAsync(new StrictSgLang());
        host.Server.AnswersWithLinks = true;

        await host.RenderAsync(EditSamples.References(2), CompatibleHost<StrictSgLang>.Inputs(2));
        var refused = await Should.ThrowAsync<InvalidRequestException>(() => host.RenderAsync(EditSamples.Inpaint("mask.png"), CompatibleHost<StrictSgLang>.Masked(1)));

        host.Sink.Images.ShouldBe(host.Server.Drawn);
        refused.Message.ShouldContain("neither region nor mask");
        host.Server.DrawRequests.Count.ShouldBe(1);
        (await host.CheckAsync()).ShouldEndWith("is SGLang with some-model; free; it takes no masks, so inpaint_region is refused");
    }

    [Fact]
    public async Task LiteLLM_gets_the_fields_of_OpenAI_without_response_format_and_the_rules_of_the_model_behind_it()
    {
        await using var host = await StartAsync(new StrictLiteLlm(), "openai/gpt-image-2");

        await host.RenderAsync(CompatibleHost<StrictLiteLlm>.Words() with { Quality = ImageQuality.High });

        (host.Server.Orders[0].Quality, host.Server.Orders[0].Background).ShouldBe(("high", "auto"));
        (host.Backend.Profile.Family, host.Backend.Profile.Sizes.MinPixels).ShouldBe(("gpt-image-2", 655_360));
        (await host.CheckAsync()).ShouldContain("is a LiteLLM proxy");
    }

    [Fact]
    public async Task OpenRouter_draws_a_shape_one_image_at_a_time_and_says_what_it_cost()
    {
        await using var host = await StartAsync(new StrictOpenRouter(), "openai/gpt-image-2", "openrouter");

        var outcome = await host.RenderAsync(CompatibleHost<StrictOpenRouter>.Words(2));
        await host.RenderAsync(EditSamples.References(2), CompatibleHost<StrictOpenRouter>.Inputs(2));

        (outcome.Usd, host.Server.Orders.Count, host.Server.Orders[^1].References.Count).ShouldBe((2 * StrictOpenRouter.Price, 3, 2));
        host.Server.Orders[0].Size.ShouldBe(StrictOpenRouter.GetSize("3:2", "1K"));
        host.Sink.Images.ShouldBe(host.Server.Drawn);
    }

    [Fact]
    public async Task OpenRouter_is_asked_which_models_draw_although_nothing_has_to_be_found_out()
    {
        await using var host = await StartAsync(new StrictOpenRouter(), "openai/gpt-6", "openrouter");

        (await Should.ThrowAsync<ImageException>(host.CheckAsync)).Failure.Message.ShouldContain("no model openai/gpt-6. Set GPTIMAGE2_COMPATIBLE__MODEL to one that it has: openai/gpt-image-2");
    }

    [Fact]
    public async Task Together_takes_width_height_and_one_image()
    {
        await using var host = await StartAsync(new StrictTogether(), StrictTogether.Model, "together");

        await host.RenderAsync(CompatibleHost<StrictTogether>.Words(4));
        await host.RenderAsync(EditSamples.References(1), CompatibleHost<StrictTogether>.Inputs(1));

        host.Server.Orders.Select(order => (order.Count, order.References.Count)).ShouldBe([(4, 0), (1, 1)]);
        host.Server.Orders[0].Size.ShouldBe(new(1536, 1024));
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data", "is not followed")]
    [InlineData("file:///etc/passwd", "is not followed")]
    [InlineData("data:text/plain,hello", "without base64")]
    [InlineData("/v1/images/7/content", "could not be fetched (HTTP 404)")]
    public async Task A_link_that_leads_elsewhere_or_nowhere_is_not_believed(string url, string text)
    {
        await using var host = await StartAsync(new StrictUnknownServer());
        host.Server.SelectReply = request => request.Method is "POST" ? new ServerReply { Body = $$"""{"data":[{"url":"{{url}}"}]}""" } : null;

        var failure = await host.FailAsync(CompatibleHost<StrictUnknownServer>.Words());

        (failure.Code, failure.Message.Contains(text)).ShouldBe((FailureCode.AnswerLost, true), failure.Message);
        host.Sink.Images.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_data_link_is_an_image_like_any_other()
    {
        await using var host = await StartAsync(new StrictUnknownServer());
        host.Server.SelectReply = request => request.Method is "POST" ? new ServerReply { Body = $$"""{"data":[{"url":"data:image/png;base64,{{Convert.ToBase64String(EditSamples.Mask)}}"}]}""" } : null;

        await host.RenderAsync(CompatibleHost<StrictUnknownServer>.Words());

        host.Sink.Images.ShouldHaveSingleItem().ShouldBe(EditSamples.Mask);
    }

    [Fact]
    public async Task A_server_with_many_models_needs_the_name_of_one()
    {
        await using var host = await StartAsync(new StrictLocalAI());

        (await host.FailAsync(CompatibleHost<StrictLocalAI>.Words())).Message.ShouldContain("GPTIMAGE2_COMPATIBLE__MODEL");
        (await Should.ThrowAsync<ImageException>(host.CheckAsync)).Message.ShouldContain("to one that it has: flux.1-dev");
        host.Server.DrawRequests.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_server_leaves_elsewhere_is_fetched_as_any_address_of_the_internet_is()
    {
        await using var host = await StartAsync(new StrictUnknownServer());
        host.Server.SelectReply = request => request.Path.EndsWith("images/generations", StringComparison.Ordinal) ? new ServerReply { Body = """{"data":[{"url":"https://images.example.com/fox.png"}]}""" } : null;
        host.Internet.Response = EditSamples.Mask;

        await host.RenderAsync(CompatibleHost<StrictUnknownServer>.Words());

        host.Internet.RequestedAddresses.ShouldBe([new Uri("https://images.example.com/fox.png")]);
        host.Sink.Images.ShouldBe([EditSamples.Mask]);
    }

    [Theory]
    [InlineData("https://10.0.0.1/fox.png")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("http://127.0.0.1:1/fox.png")]
    [InlineData("file:///etc/passwd")]
    public async Task A_server_leads_nowhere_on_this_machines_network(string link)
    {
        await using var host = await StartAsync(new StrictUnknownServer());
        host.Server.SelectReply = request => request.Path.EndsWith("images/generations", StringComparison.Ordinal) ? new ServerReply { Body = $$"""{"data":[{"url":"{{link}}"}]}""" } : null;

        var failure = await host.FailAsync(CompatibleHost<StrictUnknownServer>.Words());

        // Whoever fetches it judges it: the real one asks no such address.
        host.Internet.RequestedAddresses.ShouldBe([new Uri(link)]);
        (failure.Code, failure.Message.Contains("is not followed")).ShouldBe((FailureCode.AnswerLost, true));
        host.Sink.Images.ShouldBeEmpty();
    }

    [Fact]
    public void Every_server_has_a_profile_that_admits_the_presets_and_names_what_it_lacks()
    {
        foreach (var server in KnownServers.All)
        {
            var profile = CompatibleModels.Create(server, null);

            SizePreset.All.ShouldAllBe(preset => profile.Sizes.Allows(preset.Size), server.Id);
            profile.AcceptsMask.ShouldBe(server.MaskField is not null);
            profile.ChoosesFormat.ShouldBeTrue();
        }

        CompatibleOptions.ServerIds.ShouldBe(["auto", "sd-server", "localai", "litellm", "openrouter", "vllm-omni", "sglang", "together", "unknown"]);
    }

    private static Task<CompatibleHost<TServer>> StartAsync<TServer>(TServer server, string? model = null, string id = CompatibleOptions.Auto)
        where TServer : StrictServer => CompatibleHost<TServer>.StartAsync(server, model, id);
}
