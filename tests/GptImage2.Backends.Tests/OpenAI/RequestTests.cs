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
        await using var studio = await BackendHost.StartAsync();

        await studio.RenderAsync(BackendHost.CreateRequest());

        studio.Server.Requests.Single().Body.ShouldBe(
            """{"model":"gpt-image-2","prompt":"a fox","n":1,"size":"1024x1024","quality":"medium","background":"auto","output_format":"png","stream":true}""");
    }

    [Fact]
    public async Task Several_images_are_asked_for_as_one_answer()
    {
        await using var studio = await BackendHost.StartAsync();

        await studio.RenderAsync(BackendHost.CreateRequest(count: 3), studio.Options with { Stream = true, PartialImages = 2 });

        studio.Server.Requests.Single().Body.ShouldBe(
            """{"model":"gpt-image-2","prompt":"a fox","n":3,"size":"1024x1024","quality":"medium","background":"auto","output_format":"png"}""");
    }

    [Fact]
    public async Task Previews_are_asked_for_only_with_a_stream()
    {
        await using var studio = await BackendHost.StartAsync();

        await studio.RenderAsync(BackendHost.CreateRequest(), studio.Options with { PartialImages = 3 });
        await studio.RenderAsync(BackendHost.CreateRequest(), studio.Options with { PartialImages = 3, Stream = false });

        studio.Server.Requests[0].Body.ShouldEndWith(""","stream":true,"partial_images":3}""");
        studio.Server.Requests[1].Body.ShouldEndWith(""","output_format":"png"}""");
    }

    [Fact]
    public async Task All_that_was_said_is_sent()
    {
        await using var studio = await BackendHost.StartAsync();
        var request = new GenerateRequest
        {
            Prompt = "a \"fox\"\n\tżółw 🦊",
            Size = new Dimensions(2048, 1152),
            Quality = ImageQuality.High,
            Background = ImageBackground.Opaque,
            Delivery = new() { Format = ImageFormat.Webp, Compression = 0 },
        };

        await studio.RenderAsync(request, studio.Options with { Model = "gpt-image-2-2026-04-21", Stream = false });

        var sent = studio.Server.Requests.Single();
        sent.Json.GetProperty("prompt").GetString().ShouldBe(request.Prompt);
        sent.Body.ShouldStartWith("""{"model":"gpt-image-2-2026-04-21","prompt":""");
        sent.Body.ShouldEndWith(""","n":1,"size":"2048x1152","quality":"high","background":"opaque","output_format":"webp","output_compression":0}""");
    }

    [Fact]
    public async Task The_longest_prompt_passes()
    {
        await using var studio = await BackendHost.StartAsync();

        await studio.RenderAsync(BackendHost.CreateRequest(string.Concat(Enumerable.Repeat("🦊", 32_000))));

        studio.Sink.Images.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_headers_say_who_asks()
    {
        await using var studio = await BackendHost.StartAsync();

        await studio.RenderAsync(BackendHost.CreateRequest(), studio.Options with { Organization = "org-1", Project = "proj_2", BaseUrl = new Uri(studio.Server.BaseUrl + "/") });
        await studio.RenderAsync(BackendHost.CreateRequest());

        var (first, second) = (studio.Server.Requests[0].Headers, studio.Server.Requests[1].Headers);
        first["Authorization"].ShouldBe($"Bearer {studio.Server.ApiKey}");
        (first["OpenAI-Organization"], first["OpenAI-Project"]).ShouldBe(("org-1", "proj_2"));
        first["User-Agent"].ShouldStartWith("GptImage2.Mcp/");
        first["Content-Type"].ShouldBe("application/json");
        second.Keys.ShouldNotContain(key => key.StartsWith("OpenAI-", StringComparison.OrdinalIgnoreCase));
        second["X-Client-Request-Id"].ShouldNotBe(first["X-Client-Request-Id"]);
    }

    [Fact]
    public void The_profile_follows_the_model()
    {
        using var handler = OpenAIBackend.CreateHandler();
        using var backend = new OpenAIBackend(new() { ApiKey = new("k"), Model = "gpt-image-2.5-flare" }, handler, TimeProvider.System);

        backend.Profile.Qualities.ShouldContain(ImageQuality.Max);
        (backend.Name, backend.Notice).ShouldBe(("openai", null));
    }
}
