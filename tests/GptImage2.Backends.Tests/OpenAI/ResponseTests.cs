using GptImage2.Generation.Errors;
using GptImage2.Generation.Rendering;
using GptImage2.Imaging;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI.Responses;
using GptImage2.Testing.Rendering;

namespace GptImage2.Backends.Tests.OpenAI;

public sealed class ResponseTests
{
    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(1, 7, 0)]
    [InlineData(1, 0, 3)]
    [InlineData(4, 0, 0)]
    [InlineData(2, 13, 0)]
    public async Task Images_arrive_as_they_were_drawn(int count, int chunk, int previews)
    {
        await using var host = await BackendHost.StartAsync();
        host.Server.Enqueue(new ScriptedResponse { ChunkSize = chunk });

        var outcome = await host.RenderAsync(BackendHost.CreateRequest(count: count), host.Options with { PartialImages = previews });

        var size = new Dimensions(1024, 1024);
        host.Sink.Images.ShouldBe(Enumerable.Range(1, count).Select(seed => PngEncoder.Gradient(size, seed)));
        host.Sink.Partials.ShouldBe(Enumerable.Range(2, previews).Select(seed => PngEncoder.Gradient(size, seed)));
        host.Sink.Stages.ShouldBe([RenderStage.Sending, RenderStage.Drawing, RenderStage.Receiving]);
        outcome.ShouldBe(new RenderOutcome(new TokenUsage(8, 0, 1756 * count + 100 * previews), "req_00000001"));
    }

    [Fact]
    public async Task An_image_of_25_megabytes_arrives_whole()
    {
        await using var host = await BackendHost.StartAsync();
        var noise = NoisePng.Create(new Dimensions(3840, 2160), seed: 1);
        host.Server.DrawImage = (_, _) => noise;

        await host.RenderAsync(BackendHost.CreateRequest() with { Size = new Dimensions(3840, 2160) });

        noise.Length.ShouldBeGreaterThan(24_000_000);
        SHA256.HashData(host.Sink.Images.Single()).ShouldBe(SHA256.HashData(noise));
    }

    [Fact]
    public async Task Plain_JSON_will_do_where_events_were_asked_for()
    {
        await using var host = await BackendHost.StartAsync();
        host.Server.Enqueue(new ScriptedResponse { IgnoreStream = true });

        var outcome = await host.RenderAsync(BackendHost.CreateRequest());

        host.Sink.Images.ShouldHaveSingleItem();
        outcome.Usage.ShouldNotBeNull();
    }

    [Fact]
    public async Task Events_without_names_will_do()
    {
        await using var host = await BackendHost.StartAsync();
        host.Server.Enqueue(new ScriptedResponse { WithoutEventNames = true });

        await host.RenderAsync(BackendHost.CreateRequest(), host.Options with { PartialImages = 1 });

        (host.Sink.Images.Count, host.Sink.Partials.Count).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Fewer_images_than_asked_are_taken()
    {
        await using var host = await BackendHost.StartAsync();
        host.Server.Enqueue(new ScriptedResponse { Count = 2 });

        await host.RenderAsync(BackendHost.CreateRequest(count: 3));

        host.Sink.Images.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Usage_that_is_not_reported_is_not_invented()
    {
        await using var host = await BackendHost.StartAsync();
        host.Server.Enqueue(new ScriptedResponse { Body = """{"data":[{"b64_json":"UElD"}],"usage":{"output_tokens":0}}""" });

        var outcome = await host.RenderAsync(BackendHost.CreateRequest(count: 2));

        outcome.Usage.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"created":1,"data":[]}""", "application/json", Billing.Unknown)]
    [InlineData("""{"created":1}""", "application/json", Billing.Unknown)]
    [InlineData("""{"data":[],"usage":{"input_tokens":9,"output_tokens":1756}}""", "application/json", Billing.Yes)]
    [InlineData("<html>Welcome</html>", "text/html", Billing.Unknown)]
    [InlineData("""{"data":[{"b64_json":"????"}]}""", "application/json", Billing.Unknown)]
    [InlineData(": nothing\n\n", "text/event-stream", Billing.Unknown)]
    public async Task An_answer_without_an_image_is_lost(string body, string type, Billing billed)
    {
        await using var host = await BackendHost.StartAsync();
        host.Server.Enqueue(new ScriptedResponse { Body = body, BodyType = type });

        var failure = (await host.FailAsync(BackendHost.CreateRequest())).Failure;

        failure.ShouldSatisfyAllConditions(
            f => f.Code.ShouldBe(FailureCode.AnswerLost),
            f => f.Billed.ShouldBe(billed),
            f => f.RequestId.ShouldBe("req_00000001"),
            f => f.Message.ShouldEndWith("Request id: req_00000001"));
        host.Server.Requests.ShouldHaveSingleItem();
        host.Sink.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public async Task A_stream_that_ends_early_is_lost()
    {
        await using var host = await BackendHost.StartAsync();
        host.Server.Enqueue(new ScriptedResponse { WithoutCompleted = true });

        var failure = (await host.FailAsync(BackendHost.CreateRequest(), host.Options with { PartialImages = 1 })).Failure;

        (failure.Code, failure.Billed).ShouldBe((FailureCode.AnswerLost, Billing.Unknown));
        host.Sink.Partials.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_stream_that_never_ends_is_left_when_the_image_is_complete()
    {
        await using var host = await BackendHost.StartAsync();
        host.Server.Enqueue(new ScriptedResponse { EndSignal = new TaskCompletionSource().Task });

        (await host.RenderAsync(BackendHost.CreateRequest())).Usage.ShouldNotBeNull();

        host.Sink.Images.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_follows_the_complete_image_does_not_matter()
    {
        await using var host = await BackendHost.StartAsync();
        var completed = "event: image_generation.completed\ndata: {\"b64_json\":\"UElD\",\"usage\":{\"output_tokens\":5}}\n\n";
        host.Server.Enqueue(new ScriptedResponse { BodyType = "text/event-stream", Body = completed + "event: more\ndata: {\"b64" });

        (await host.RenderAsync(BackendHost.CreateRequest())).Usage.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("application/json", "{\"data\":[{\"b64_json\":\"UElD\"}],\"usage\":{\"out")]
    [InlineData("text/event-stream", "event: image_generation.completed\ndata: {\"b64_json\":\"UElD\",\"usage\":{\"out")]
    public async Task An_answer_that_breaks_after_its_last_image_is_good(string type, string body)
    {
        await using var host = await BackendHost.StartAsync();
        host.Server.Enqueue(new ScriptedResponse { Body = body, BodyType = type });

        var outcome = await host.RenderAsync(BackendHost.CreateRequest());

        outcome.ShouldBe(new RenderOutcome(Usage: null, "req_00000001"));
        host.Sink.Images.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_third_image_leaves_two()
    {
        await using var host = await BackendHost.StartAsync();
        var image = NoisePng.Create(new Dimensions(100, 100), seed: 1);
        host.Server.DrawImage = (_, _) => image;
        host.Server.Enqueue(new ScriptedResponse { DropAfter = image.Length * 4L / 3 * 5 / 2 });

        var failure = (await host.FailAsync(BackendHost.CreateRequest(count: 4))).Failure;

        host.Sink.Images.ShouldBe([image, image]);
        host.Sink.Abandoned.ShouldBe(1);
        (failure.Code, failure.Billed, failure.Retry).ShouldBe((FailureCode.AnswerLost, Billing.Unknown, RetryAdvice.Same));
        failure.Message.ShouldContain("2 images that arrived complete are saved");
        host.Server.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_connection_that_breaks_before_the_answer_is_not_tried_again()
    {
        await using var host = await BackendHost.StartAsync();
        await host.RenderAsync(BackendHost.CreateRequest());
        host.Server.Enqueue(ScriptedResponse.Disconnect);

        // The second request goes over the first one's connection, which is where a client is tempted to repeat it.
        var failure = (await host.FailAsync(BackendHost.CreateRequest())).Failure;

        (failure.Code, failure.Billed).ShouldBe((FailureCode.AnswerLost, Billing.Unknown));
        failure.RequestId.ShouldBe(host.Server.Requests[1].Headers["X-Client-Request-Id"]);
        host.Server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_image_that_cannot_be_kept_was_billed_and_does_not_cost_the_next()
    {
        var calls = 0;
        var sink = new InMemoryRenderSink
        {
            Completing = _ =>
            {
                if (++calls == 1)
                {
                    throw new ImageException(new() { Code = FailureCode.StorageFailed, Message = "The disk is full." });
                }
            },
        };
        await using var host = await BackendHost.StartAsync(sink);

        var failure = (await host.FailAsync(BackendHost.CreateRequest(count: 2))).Failure;

        (failure.Code, failure.Billed, failure.RequestId).ShouldBe((FailureCode.StorageFailed, Billing.Yes, "req_00000001"));
        host.Sink.Images.ShouldHaveSingleItem();
    }
}
