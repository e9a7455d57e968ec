using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI;
using GptImage2.Backends.OpenAI.Models;
using GptImage2.Backends.OpenAI.Responses;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Rendering;
using GptImage2.Imaging;
using GptImage2.Testing.Contract;
using GptImage2.Testing.Images;

namespace GptImage2.Testing.OpenAI.StrictResponses;

/// <summary>OpenAI's Responses API for the contract suite: an order for each image, and a mishap to the first of them.</summary>
public sealed class ResponsesVendor : IVendor
{
    public static VendorTraits Traits { get; } = new()
    {
        Name = "OpenAI through Responses",
        Profile = TextModels.Carry(OpenAIModels.Resolve(OpenAIModels.Default), TextModels.Default),
        ReportsUsage = true,
        DrawsOneByOne = true,
        FindsLostOrders = false,
        Outcomes = new Dictionary<Mishap, MishapOutcome>
        {
            [Mishap.Unreachable] = MishapOutcome.Fails(FailureCode.ServiceUnreachable) with { Arrivals = 0 },
            [Mishap.CutWhileSending] = MishapOutcome.Fails(FailureCode.ServiceUnreachable) with { Arrivals = 0 },
            [Mishap.CutAfterSending] = MishapOutcome.Fails(FailureCode.AnswerLost, Billing.Unknown) with { Text = "keeps no list" },
            [Mishap.MalformedAnswer] = MishapOutcome.Fails(FailureCode.AnswerLost, Billing.Unknown) with { Text = "keeps no list" },

            // The id has arrived, or the image is fetched again.
            [Mishap.TruncatedAnswer] = DeliversBoth,
            [Mishap.CutInAnswer] = DeliversBoth,
            [Mishap.Held] = DeliversBoth,
            [Mishap.CredentialsRefused] = MishapOutcome.Fails(FailureCode.AccessDenied) with { Text = "OPENAI_API_KEY" },
            [Mishap.PermissionRefused] = MishapOutcome.Fails(FailureCode.AccessDenied),
            [Mishap.ModelUnknown] = MishapOutcome.Fails(FailureCode.ModelNotFound) with { Text = "GPTIMAGE2_MODEL" },
            [Mishap.PromptBlocked] = MishapOutcome.Fails(FailureCode.ContentRejected) with { Text = "safety system" },

            // What was ordered besides is drawn all the same.
            [Mishap.ResultBlocked] = MishapOutcome.Fails(FailureCode.ContentRejected, Billing.Yes, stored: 1) with { Arrivals = 2, Text = "had drawn" },
            [Mishap.FewerImages] = MishapOutcome.Fails(FailureCode.AnswerLost, Billing.Yes, stored: 1) with { Arrivals = 2 },
            [Mishap.NoImage] = MishapOutcome.Fails(FailureCode.AnswerLost, Billing.Yes, stored: 1) with { Arrivals = 2 },
            [Mishap.RateLimitedOnce] = MishapOutcome.Delivers() with { Arrivals = 3 },
            [Mishap.RateLimited] = MishapOutcome.Fails(FailureCode.RateLimited) with { Text = "Wait 120 s" },
            [Mishap.QuotaReached] = MishapOutcome.Fails(FailureCode.OutOfMoney) with { Text = "spending limit" },
            [Mishap.NoCredit] = MishapOutcome.Fails(FailureCode.OutOfMoney) with { Text = "no credit left" },
            [Mishap.TransparencyRefused] = MishapOutcome.Fails(FailureCode.InvalidRequest) with { Argument = "background" },
            [Mishap.ServerError] = MishapOutcome.Fails(FailureCode.ServiceFailed, Billing.Unknown),
            [Mishap.Overloaded] = MishapOutcome.Fails(FailureCode.ServiceFailed, Billing.Unknown),
            [Mishap.GatewayTimeout] = MishapOutcome.Fails(FailureCode.AnswerLost, Billing.Unknown),
            [Mishap.UnknownFields] = DeliversBoth,
            [Mishap.UnknownValues] = DeliversBoth,
            [Mishap.UsageMissing] = DeliversBoth,
            [Mishap.OtherSize] = DeliversBoth,
            [Mishap.Redirect] = MishapOutcome.Fails(FailureCode.ServiceFailed) with { Text = "redirect" },
        },
        Impossible = new Dictionary<Mishap, string>
        {
            [Mishap.TooManyAtOnce] = "Its limits are by the minute.",
            [Mishap.MoreImages] = "The tool may be called once.",
            [Mishap.LinkExpired] = "Images come in the answer.",
            [Mishap.LinkCut] = "Images come in the answer.",
        },
    };

    private static MishapOutcome DeliversBoth => MishapOutcome.Delivers() with { Arrivals = 2 };

    public static async Task<IVendorStandIn> StartAsync(Mishap? mishap, TimeProvider time) => new StandIn(await StrictResponsesApi.StartAsync(), mishap, time);

    private sealed class StandIn : IVendorStandIn
    {
        private const string WrongKey = "sk-wrong-0123456789abcdef";

        private static readonly Uri Nobody = new("http://127.0.0.1:1/v1");

        private readonly StrictResponsesApi _server;
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TimeProvider _time;
        private readonly OpenAIOptions _options;
        private readonly SocketsHttpHandler _handler = ServiceHandler.Create();
        private readonly List<ResponsesBackend> _backends = [];

        public StandIn(StrictResponsesApi server, Mishap? mishap, TimeProvider time)
        {
            (_server, _time) = (server, time);
            _options = new OpenAIOptions
            {
                ApiKey = new Secret(mishap is Mishap.CredentialsRefused ? WrongKey : server.ApiKey),
                BaseUrl = mishap is Mishap.Unreachable ? Nobody : server.BaseUrl,
            };
            Arrange(mishap);
        }

        public int Arrivals => _server.Orders.Count();

        public IReadOnlyList<ReceivedOrder> Orders => [.. _server.Books.Select(response => Normalise(response.Order))];

        public decimal Billed => _server.BilledMicroUsd;

        public IReadOnlyList<byte[]> Drawn => [.. _server.Books.Where(response => response.HasImage).Select(response => response.Image)];

        public IReadOnlyList<string> Secrets => [_server.ApiKey, WrongKey];

        public IImageBackend CreateBackend()
        {
            var backend = new ResponsesBackend(_options, new ResponsesOptions(), _handler, _time);
            _backends.Add(backend);
            return backend;
        }

        public Task ArrivedAsync(CancellationToken cancellationToken) => _server.WaitForRequestsAsync(1).WaitAsync(cancellationToken);

        public void Release() => _released.TrySetResult();

        public async ValueTask DisposeAsync()
        {
            _backends.ForEach(backend => backend.Dispose());
            _handler.Dispose();
            await _server.DisposeAsync();
        }

        private void Arrange(Mishap? mishap)
        {
            switch (mishap)
            {
                case Mishap.CutWhileSending:
                    _server.OnBodyBytes = (bytes, _) => Task.FromResult(bytes < 1_000_000);
                    break;
                case Mishap.OtherSize:
                    _server.DrawImage = (order, number) => PngEncoder.Gradient(new Dimensions(order.Size.Width + 16, order.Size.Height), number + 1);
                    break;
                case Mishap.CutInAnswer:
                    _server.Enqueue(ResponseScript.Draws with { Polls = 1 }).EnqueuePolls(new PollScript { CutAfter = 1000 });
                    break;
                case Mishap.UnknownValues:
                    _server.EnqueuePolls(new PollScript { Body = """{"id":7,"status":"dreaming","output":"none","usage":"much"}""" });
                    break;
                case { } first when Plan(first) is { } script:
                    _server.Enqueue(script);
                    break;
            }
        }

        private ResponseScript? Plan(Mishap mishap) => mishap switch
        {
            Mishap.CutAfterSending => new ResponseScript { LostAfter = true },
            Mishap.Held => new ResponseScript { AnswerSignal = _released.Task },
            Mishap.MalformedAnswer => new ResponseScript { Answer = "<html>Welcome</html>" },
            Mishap.TruncatedAnswer => new ResponseScript { Answer = """{"id":"{id}","object":"respon""" },
            Mishap.PermissionRefused => ResponseScript.Refuses(403, null, "You have insufficient permissions for this operation."),
            Mishap.ModelUnknown => ResponseScript.Refuses(404, "model_not_found", "The model does not exist."),
            Mishap.PromptBlocked => ResponseScript.Refuses(400, "moderation_blocked", "Rejected.", "image_generation_user_error"),
            Mishap.ResultBlocked => ResponseScript.Blocks("output"),
            Mishap.RateLimitedOnce => ResponseScript.Refuses(429, "rate_limit_exceeded", "Too fast.", "requests", retryAfter: "1"),
            Mishap.RateLimited => ResponseScript.Refuses(429, "rate_limit_exceeded", "Too fast.", "requests", retryAfter: "120"),
            Mishap.QuotaReached => ResponseScript.Refuses(429, "project_spend_limit_exceeded", "The project has reached its limit.", "insufficient_quota"),
            Mishap.NoCredit => ResponseScript.Refuses(429, "insufficient_quota", "You exceeded your current quota.", "insufficient_quota"),
            Mishap.TransparencyRefused => ResponseScript.Refuses(400, "invalid_value", "Transparent background is not supported for this model.", param: "tools[0].background"),
            Mishap.ServerError => ResponseScript.Refuses(500, "server_error", "The server had an error.", "server_error"),
            Mishap.Overloaded => ResponseScript.Refuses(503, "server_is_overloaded", "Overloaded.", "server_error"),
            Mishap.GatewayTimeout => ResponseScript.Refuses(504, null, "Gateway timeout."),
            Mishap.UsageMissing => new ResponseScript { WithoutUsage = true, WithoutToolUsage = true },
            Mishap.FewerImages or Mishap.NoImage => new ResponseScript { HasImage = false },
            Mishap.Redirect => ResponseScript.Refuses(307, null, "Elsewhere."),
            _ => null,
        };

        private static ReceivedOrder Normalise(ResponseOrder order) => new(
            order.Image.Prompt,
            order.Image.Size,
            order.Image.Count,
            order.Image.Quality,
            order.Image.Background,
            [.. order.Image.Images.Select(image => image.Bytes.ToArray())],
            order.Image.Mask is { } mask ? ReceivedMask.FromClearPixels(PngFile.Read(mask.Bytes.Span).Decode()) : null);
    }
}
