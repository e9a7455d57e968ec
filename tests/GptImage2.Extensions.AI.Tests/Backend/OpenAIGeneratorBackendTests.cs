using System.ClientModel;
using System.ClientModel.Primitives;
using System.Diagnostics;
using GptImage2.Extensions.AI.Backend;
using GptImage2.Extensions.AI.Generator;
using GptImage2.Extensions.AI.Tests.Hosts;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Accounting;
using GptImage2.Testing.OpenAI.Responses;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using OpenAI;
using OpenAI.Images;

namespace GptImage2.Extensions.AI.Tests.Backend;

/// <summary>The generator of Microsoft.Extensions.AI.OpenAI, inside that package's own middleware, as a backend of the pipeline.</summary>
public sealed class OpenAIGeneratorBackendTests
{
    private const string Source = "studio-tests";

    private static readonly GeneratorBackendOptions Options = new() { Name = "meai-openai", Profile = GeneratorProfiles.CreateForOpenAI("gpt-image-2") };

    [Fact]
    public async Task Draws_through_the_middleware_and_the_image_is_in_the_store()
    {
        await using var studio = await StartAsync(Options);

        var image = (await studio.AskAsync("a lighthouse", new GptImageOptions { ImageSize = new(1536, 1024) })).Contents.ShouldHaveSingleItem();

        var order = studio.Service.Orders.ShouldHaveSingleItem();
        (order.Prompt, order.Size.ToString(), order.Quality, order.Count).ShouldBe(("a lighthouse", "1536x1024", "auto", 1));
        ((DataContent)image).Data.ToArray().ShouldBe(studio.Service.DrawImage(order, 0));
        var record = (await studio.FindAsync(image)).ShouldNotBeNull();
        (record.Backend, record.Model, record.Prompt).ShouldBe(("meai-openai", "gpt-image-2", "a lighthouse"));
    }

    [Fact]
    public async Task Counts_the_tokens_that_the_generator_reports_and_what_they_cost()
    {
        await using var studio = await StartAsync(Options);

        var answer = await studio.AskAsync("a lighthouse at dawn", null, Pictures.Noise(1024, 1024));

        var order = studio.Service.Orders.ShouldHaveSingleItem();
        var usage = answer.Usage.ShouldNotBeNull();
        usage.OutputTokenCount.ShouldBe(TokenPricing.OutputTokens(order, 1, 0));
        usage.AdditionalCounts!["InputTokenDetails.ImageTokenCount"].ShouldBe(TokenPricing.ImageTokens(order, 1));
        usage.AdditionalCounts!["InputTokenDetails.TextTokenCount"].ShouldBe(TokenPricing.TextTokens(order));
        answer.RawRepresentation.ShouldBeOfType<GptImageResult>().Usd.ShouldBe(TokenPricing.CostMicroUsd(order, 1, 0) / 1_000_000m);
    }

    [Fact]
    public async Task The_middleware_logs_and_traces_the_call()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Source,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        var log = new ListLogger();
        await using var studio = await StartAsync(Options, log);

        await studio.AskAsync("a lighthouse that is traced");

        spans.ShouldContain(span => Equals(span.GetTagItem("gen_ai.request.model"), "gpt-image-2") && Equals(span.GetTagItem("gen_ai.provider.name"), "openai"));
        log.Lines.ShouldContain(line => line.Contains("GenerateAsync", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_image_is_edited_as_a_whole()
    {
        await using var studio = await StartAsync(Options);
        var given = Pictures.Noise(1024, 1024);

        await studio.AskAsync("make it night", null, given);

        studio.Service.Orders.ShouldHaveSingleItem().Images.ShouldHaveSingleItem().Bytes.ToArray().ShouldBe(given.Data.ToArray());
    }

    [Fact]
    public async Task A_second_image_is_refused_before_the_generator_is_called_because_it_would_drop_it()
    {
        await using var studio = await StartAsync(Options);

        var failure = await studio.FailAsync("put them together", null, Pictures.Noise(1024, 1024, 1), Pictures.Noise(1024, 1024, 2));

        (failure.Code, failure.Billed, failure.Argument).ShouldBe((FailureCode.InvalidRequest, Billing.No, "references"));
        studio.Service.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mask_is_refused_before_the_generator_is_called_because_it_would_drop_it()
    {
        await using var studio = await StartAsync(Options);

        var failure = await studio.FailAsync("a red door", new GptImageOptions { Mask = Pictures.Mask(1024, 1024, 10, 10, 500, 500) }, Pictures.Noise(1024, 1024));

        (failure.Code, failure.Billed, failure.Argument).ShouldBe((FailureCode.InvalidRequest, Billing.No, "mask"));
        studio.Service.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_quality_is_refused_unless_the_host_knows_how_to_pass_it_on()
    {
        await using var studio = await StartAsync(Options);

        var failure = await studio.FailAsync("a lighthouse", new GptImageOptions { Quality = ImageQuality.High });

        (failure.Code, failure.Argument).ShouldBe((FailureCode.InvalidRequest, "quality"));
        studio.Service.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_host_passes_a_quality_on_in_the_generators_own_way()
    {
        await using var studio = await StartAsync(Options with
        {
            Profile = Options.Profile with { Qualities = [ImageQuality.Low, ImageQuality.Medium, ImageQuality.High] },
            Configure = (options, request) => options.RawRepresentationFactory = _ => new global::OpenAI.Images.ImageGenerationOptions { Quality = new GeneratedImageQuality(request.Quality.Name) },
        });

        await studio.AskAsync("a lighthouse", new GptImageOptions { Quality = ImageQuality.High });

        studio.Service.Orders.ShouldHaveSingleItem().Quality.ShouldBe("high");
    }

    public static TheoryData<ScriptedResponse, FailureCode, Billing> Failures => new()
    {
        { ScriptedResponse.Error(401, "invalid_api_key", "Incorrect API key provided: sk-test0123456789."), FailureCode.AccessDenied, Billing.No },
        { ScriptedResponse.Error(400, "moderation_blocked", "Your request was rejected by the safety system.", "image_generation_user_error"), FailureCode.ContentRejected, Billing.No },
        { ScriptedResponse.Error(400, "invalid_value", "Invalid size."), FailureCode.InvalidRequest, Billing.No },
        { ScriptedResponse.RateLimit(), FailureCode.RateLimited, Billing.No },
        { ScriptedResponse.Error(429, "insufficient_quota", "You exceeded your current quota.", "insufficient_quota"), FailureCode.OutOfMoney, Billing.No },
        { ScriptedResponse.Error(500, null, "The server had an error.", "server_error"), FailureCode.ServiceFailed, Billing.Unknown },
        { ScriptedResponse.Disconnect, FailureCode.ServiceFailed, Billing.Unknown },
        { new ScriptedResponse { DropAfter = 2000 }, FailureCode.ServiceFailed, Billing.Unknown },
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task Failures_say_what_happened_and_whether_it_was_billed_and_nothing_is_sent_twice(ScriptedResponse response, FailureCode code, Billing billed)
    {
        await using var studio = await StartAsync(Options);
        studio.Service.DefaultResponse = response;

        var failure = await studio.FailAsync("a lighthouse");

        (failure.Code, failure.Billed).ShouldBe((code, billed), failure.Message);
        failure.Message.ShouldNotContain("sk-test0123456789");
        studio.Service.Requests.Count.ShouldBe(1);
    }

    private static Task<Studio> StartAsync(GeneratorBackendOptions options, ILogger? log = null) => Studio.StartAsync(
        settings => settings with { Backends = settings.Backends with { OpenAI = null } },
        (services, service) => services.AddImageGeneratorBackend(options, _ => CreateGenerator(service, log ?? new ListLogger())));

    /// <summary>Without repetition: the client would by default send up to four times what may have been billed.</summary>
    private static IImageGenerator CreateGenerator(StrictOpenAI service, ILogger log) => new ImageClient(
            "gpt-image-2", new ApiKeyCredential(service.ApiKey), new OpenAIClientOptions { Endpoint = service.BaseUrl, RetryPolicy = new ClientRetryPolicy(0) })
        .AsIImageGenerator()
        .AsBuilder()
        .UseOpenTelemetry(sourceName: Source)
        .Use(inner => new LoggingImageGenerator(inner, log))
        .Build();

    private sealed class ListLogger : ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue(formatter(state, exception));
    }
}
