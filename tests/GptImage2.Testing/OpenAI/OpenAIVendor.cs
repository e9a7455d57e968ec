using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI;
using GptImage2.Backends.OpenAI.Models;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Rendering;
using GptImage2.Testing.Contract;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Testing.OpenAI;

/// <summary>OpenAI's Images API for the contract suite.</summary>
public sealed class OpenAIVendor : IVendor
{
    public static VendorTraits Traits { get; } = new()
    {
        Name = "OpenAI",
        Profile = OpenAIModels.Resolve(OpenAIModels.Default),
        ReportsUsage = true,
        Outcomes = new Dictionary<Mishap, MishapOutcome>
        {
            [Mishap.Unreachable] = MishapOutcome.Fails(FailureCode.ServiceUnreachable) with { Arrivals = 0 },
            [Mishap.CutWhileSending] = MishapOutcome.Fails(FailureCode.ServiceUnreachable) with { Arrivals = 0 },
            [Mishap.CutAfterSending] = MishapOutcome.Fails(FailureCode.AnswerLost, Billing.Unknown),
            [Mishap.CutInAnswer] = MishapOutcome.Fails(FailureCode.AnswerLost, Billing.Unknown, stored: 1) with { Text = "saved" },
            [Mishap.Held] = MishapOutcome.Delivers(),
            [Mishap.CredentialsRefused] = MishapOutcome.Fails(FailureCode.AccessDenied) with { Text = "OPENAI_API_KEY" },
            [Mishap.PermissionRefused] = MishapOutcome.Fails(FailureCode.AccessDenied),
            [Mishap.ModelUnknown] = MishapOutcome.Fails(FailureCode.ModelNotFound) with { Text = "GPTIMAGE2_MODEL" },
            [Mishap.PromptBlocked] = MishapOutcome.Fails(FailureCode.ContentRejected) with { Text = "safety system" },
            [Mishap.ResultBlocked] = MishapOutcome.Fails(FailureCode.ContentRejected) with { Text = "had drawn" },
            [Mishap.RateLimitedOnce] = MishapOutcome.Delivers() with { Arrivals = 2 },
            [Mishap.RateLimited] = MishapOutcome.Fails(FailureCode.RateLimited) with { Text = "Wait 120 s" },
            [Mishap.QuotaReached] = MishapOutcome.Fails(FailureCode.OutOfMoney) with { Text = "spending limit" },
            [Mishap.NoCredit] = MishapOutcome.Fails(FailureCode.OutOfMoney) with { Text = "no credit left" },
            [Mishap.TransparencyRefused] = MishapOutcome.Fails(FailureCode.InvalidRequest) with { Argument = "background" },
            [Mishap.ServerError] = MishapOutcome.Fails(FailureCode.ServiceFailed, Billing.Unknown),
            [Mishap.Overloaded] = MishapOutcome.Fails(FailureCode.ServiceFailed, Billing.Unknown),
            [Mishap.GatewayTimeout] = MishapOutcome.Fails(FailureCode.AnswerLost, Billing.Unknown),
            [Mishap.MalformedAnswer] = MishapOutcome.Fails(FailureCode.AnswerLost, Billing.Unknown),
            [Mishap.TruncatedAnswer] = MishapOutcome.Fails(FailureCode.AnswerLost, Billing.Unknown),
            [Mishap.UnknownFields] = MishapOutcome.Delivers(),
            [Mishap.UnknownValues] = MishapOutcome.Delivers(),
            [Mishap.UsageMissing] = MishapOutcome.Delivers(),
            [Mishap.OtherSize] = MishapOutcome.Delivers(),
            [Mishap.FewerImages] = MishapOutcome.Delivers(stored: 1),
            [Mishap.MoreImages] = MishapOutcome.Delivers(stored: 3),
            [Mishap.NoImage] = MishapOutcome.Fails(FailureCode.AnswerLost, Billing.Unknown),
            [Mishap.Redirect] = MishapOutcome.Fails(FailureCode.ServiceFailed) with { Text = "redirect" },
        },
        Impossible = new Dictionary<Mishap, string>
        {
            [Mishap.TooManyAtOnce] = "Its limits are by the minute.",
            [Mishap.LinkExpired] = "Images come in the answer.",
            [Mishap.LinkCut] = "Images come in the answer.",
        },
    };

    public static async Task<IVendorStandIn> StartAsync(Mishap? mishap, TimeProvider time)
    {
        var server = await StrictOpenAI.StartAsync();
        return new StandIn(server, mishap, time);
    }

    private sealed class StandIn : IVendorStandIn
    {
        private static readonly Uri Nobody = new("http://127.0.0.1:1/v1");

        private readonly StrictOpenAI _server;
        private readonly OpenAIMishaps _mishaps;
        private readonly TimeProvider _time;
        private readonly OpenAIOptions _options;
        private readonly SocketsHttpHandler _handler = ServiceHandler.Create();
        private readonly List<OpenAIBackend> _backends = [];

        public StandIn(StrictOpenAI server, Mishap? mishap, TimeProvider time)
        {
            (_server, _time) = (server, time);
            _mishaps = new OpenAIMishaps(server, mishap);
            _options = new OpenAIOptions
            {
                ApiKey = new Secret(mishap is Mishap.CredentialsRefused ? WrongKey : server.ApiKey),
                BaseUrl = mishap is Mishap.Unreachable ? Nobody : server.BaseUrl,
            };
        }

        private const string WrongKey = "sk-wrong-0123456789abcdef";

        public int Arrivals => _server.Requests.Count(request => request.Method is "POST");

        public IReadOnlyList<ReceivedOrder> Orders => [.. _server.Billing.Entries.Where(entry => entry.BilledMicroUsd > 0).Select(entry => Normalise(entry.Order))];

        public decimal Billed => _server.Billing.BilledMicroUsd;

        public IReadOnlyList<byte[]> Drawn => _mishaps.Drawn;

        public IReadOnlyList<string> Secrets => [_server.ApiKey, WrongKey];

        public IImageBackend CreateBackend()
        {
            var backend = new OpenAIBackend(_options, _handler, _time);
            _backends.Add(backend);
            return backend;
        }

        public Task ArrivedAsync(CancellationToken cancellationToken) => _server.WaitForRequestsAsync(1).WaitAsync(cancellationToken);

        public void Release() => _mishaps.Release();

        public async ValueTask DisposeAsync()
        {
            _backends.ForEach(backend => backend.Dispose());
            _handler.Dispose();
            await _server.DisposeAsync();
        }

        private static ReceivedOrder Normalise(ImageOrder order) => new(
            order.Prompt,
            order.Size,
            order.Count,
            order.Quality,
            order.Background,
            [.. order.Images.Select(image => image.Bytes.ToArray())],
            order.Mask is { } mask ? ReceivedMask.FromClearPixels(PngFile.Read(mask.Bytes.Span).Decode()) : null);
    }
}
