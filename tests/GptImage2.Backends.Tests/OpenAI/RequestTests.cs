using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;

namespace GptImage2.Backends.Tests.OpenAI;

/// <summary>The request as sent, to the letter.</summary>
public sealed class RequestTests
{
    [Fact]
    public async Task One_image_is_asked_for_as_a_stream()
    {
        await using var host = await BackendHost.StartAsync();

        await host.RenderAsync(BackendHost.CreateRequest());

        host.Server.Requests.Single().Body.ShouldBe(
            """{"model":"gpt-image-2","prompt":"a fox","n":1,"size":"1024x1024","quality":"medium","background":"auto","output_format":"png","stream":true}""");
    }

    [Fact]
    public async Task Several_images_are_asked_for_as_one_answer()
    {
        await using var host = await BackendHost.StartAsync();

        await host.RenderAsync(BackendHost.CreateRequest(count: 3), host.Options with { Stream = true, PartialImages = 2 });

        host.Server.Requests.Single().Body.ShouldBe(
            """{"model":"gpt-image-2","prompt":"a fox","n":3,"size":"1024x1024","quality":"medium","background":"auto","output_format":"png"}""");
    }

    [Fact]
    public async Task Previews_are_asked_for_only_with_a_stream()
    {
        await using var host = await BackendHost.StartAsync();

        await host.RenderAsync(BackendHost.CreateRequest(), host.Options with { PartialImages = 3 });
        await host.RenderAsync(BackendHost.CreateRequest(), host.Options with { PartialImages = 3, Stream = false });

        host.Server.Requests[0].Body.ShouldEndWith(""","stream":true,"partial_images":3}""");
        host.Server.Requests[1].Body.ShouldEndWith(""","output_format":"png"}""");
    }

    [Fact]
    public async Task All_that_was_said_is_sent()
    {
        await using var host = await BackendHost.StartAsync();
        var request = new GenerateRequest
        {
            Prompt = "a \"fox\"\n\tżółw 🦊",
            Size = new Dimensions(2048, 1152),
            Quality = ImageQuality.High,
            Background = ImageBackground.Opaque,
            Delivery = new() { Format = ImageFormat.Webp, Compression = 0 },
        };

        await host.RenderAsync(request, host.Options with { Model = "gpt-image-2-2026-04-21", Stream = false });

        var sent = host.Server.Requests.Single();
        sent.Json.GetProperty("prompt").GetString().ShouldBe(request.Prompt);
        sent.Body.ShouldStartWith("""{"model":"gpt-image-2-2026-04-21","prompt":""");
        sent.Body.ShouldEndWith(""","n":1,"size":"2048x1152","quality":"high","background":"opaque","output_format":"webp","output_compression":0}""");
    }

    [Fact]
    public async Task The_longest_prompt_passes()
    {
        await using var host = await BackendHost.StartAsync();

        await host.RenderAsync(BackendHost.CreateRequest(string.Concat(Enumerable.Repeat("🦊", 32_000))));

        host.Sink.Images.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_headers_say_who_asks()
    {
        await using var host = await BackendHost.StartAsync();

        await host.RenderAsync(BackendHost.CreateRequest(), host.Options with { Organization = "org-1", Project = "proj_2", BaseUrl = new Uri(host.Server.BaseUrl + "/") });
        await host.RenderAsync(BackendHost.CreateRequest());

        var (first, second) = (host.Server.Requests[0].Headers, host.Server.Requests[1].Headers);
        first["Authorization"].ShouldBe($"Bearer {host.Server.ApiKey}");
        (first["OpenAI-Organization"], first["OpenAI-Project"]).ShouldBe(("org-1", "proj_2"));
        first["User-Agent"].ShouldStartWith("GptImage2.Mcp/");
        first["Content-Type"].ShouldBe("application/json");
        second.Keys.ShouldNotContain(key => key.StartsWith("OpenAI-", StringComparison.OrdinalIgnoreCase));
        second["X-Client-Request-Id"].ShouldNotBe(first["X-Client-Request-Id"]);
    }

    [Fact]
    public void The_profile_follows_the_model()
    {
        using var handler = ServiceHandler.Create();
        using var backend = new OpenAIBackend(new OpenAIOptions { ApiKey = new("k"), Model = "gpt-image-2.5-flare" }, handler, TimeProvider.System);

        backend.Profile.Qualities.ShouldContain(ImageQuality.Max);
        (backend.Name, backend.Notice).ShouldBe(("openai", null));
    }
}
