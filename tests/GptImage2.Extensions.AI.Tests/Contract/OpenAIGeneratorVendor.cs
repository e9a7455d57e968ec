using System.ClientModel;
using System.ClientModel.Primitives;
using GptImage2.Backends.OpenAI;
using GptImage2.Extensions.AI.Backend;
using GptImage2.Generation.Errors;
using GptImage2.Testing.Contract;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.Rendering;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Images;

namespace GptImage2.Extensions.AI.Tests.Contract;

/// <summary>
/// The generator of Microsoft.Extensions.AI.OpenAI for the contract suite. What goes on inside it is not seen from outside: unless the service
/// refused, it may have been sent and billed.
/// </summary>
public sealed class OpenAIGeneratorVendor : IVendor
{
    private static readonly GeneratorBackendOptions Options = new() { Name = "meai-openai", Profile = GeneratorProfiles.CreateForOpenAI("gpt-image-2") };
    private static readonly MishapOutcome Uncertain = MishapOutcome.Fails(FailureCode.ServiceFailed, Billing.Unknown);

    public static VendorTraits Traits { get; } = (OpenAIVendor.Traits with { Name = Options.Name, Profile = Options.Profile, TakesMask = false, CanBeChecked = false })
        .Expect(Mishap.Unreachable, Uncertain with { Arrivals = 0 })
        .Expect(Mishap.CutWhileSending, Uncertain with { Arrivals = 0 })
        .Expect(Mishap.CutAfterSending, Uncertain)
        .Expect(Mishap.CutInAnswer, Uncertain)
        .Expect(Mishap.GatewayTimeout, Uncertain)
        .Expect(Mishap.MalformedAnswer, Uncertain)
        .Expect(Mishap.TruncatedAnswer, Uncertain)
        .Expect(Mishap.NoImage, Uncertain)
        // OpenAI's client does not read an answer that has a number where it expects a name.
        .Expect(Mishap.UnknownValues, Uncertain)
        .Expect(Mishap.Redirect, Uncertain)
        .Expect(Mishap.CredentialsRefused, MishapOutcome.Fails(FailureCode.AccessDenied))
        .Expect(Mishap.ModelUnknown, MishapOutcome.Fails(FailureCode.ModelNotFound) with { Text = "gpt-image-2" })
        .Expect(Mishap.ResultBlocked, MishapOutcome.Fails(FailureCode.ContentRejected))
        .Expect(Mishap.RateLimitedOnce, MishapOutcome.Fails(FailureCode.RateLimited))
        .Expect(Mishap.RateLimited, MishapOutcome.Fails(FailureCode.RateLimited))
        .Expect(Mishap.QuotaReached, MishapOutcome.Fails(FailureCode.OutOfMoney))
        .Expect(Mishap.FewerImages, MishapOutcome.Fails(FailureCode.AnswerLost, Billing.Unknown, stored: 1))
        .Expect(Mishap.MoreImages, MishapOutcome.Delivers())
        .Exclude(Mishap.TransparencyRefused, "It drops the background, so transparency is not asked for.");

    public static Task<IVendorStandIn> StartAsync(Mishap? mishap, TimeProvider time) => OpenAIStandIn.StartAsync(mishap, CreateBackend, acceptsClientForms: true);

    private static ImageGeneratorBackend CreateBackend(OpenAIOptions options, HttpMessageHandler handler)
    {
        var client = new OpenAIClientOptions
        {
            Endpoint = options.BaseUrl,
            // Without repetition: the client would by default send up to four times what may have been billed.
            RetryPolicy = new ClientRetryPolicy(0),
            Transport = new HttpClientPipelineTransport(new HttpClient(handler, disposeHandler: false)),
        };
        return new ImageGeneratorBackend(
            new ImageClient("gpt-image-2", new ApiKeyCredential(options.ApiKey.Reveal()), client).AsIImageGenerator(), Options, new FakeRemoteImageFetcher());
    }
}
