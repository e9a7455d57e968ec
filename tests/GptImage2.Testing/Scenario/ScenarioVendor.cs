using GptImage2.Backends.Http;
using GptImage2.Backends.Scenario;
using GptImage2.Backends.Scenario.Models;
using GptImage2.Backends.Scenario.Protocol;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Rendering;
using GptImage2.Testing.Contract;
using GptImage2.Testing.Images;
using GptImage2.Testing.Scenario.Jobs;
using GptImage2.Testing.Scenario.Protocol;

namespace GptImage2.Testing.Scenario;

/// <summary>Scenario for the contract suite.</summary>
public sealed class ScenarioVendor : IVendor
{
    public static VendorTraits Traits { get; } = new()
    {
        Name = "Scenario",
        Profile = ScenarioModels.Resolve(ScenarioModels.Default),
        ReportsCredits = true,
        Outcomes = new Dictionary<Mishap, MishapOutcome>
        {
            [Mishap.Unreachable] = MishapOutcome.Fails(FailureCode.ServiceUnreachable) with { Arrivals = 0 },
            [Mishap.CutWhileSending] = MishapOutcome.Fails(FailureCode.ServiceUnreachable) with { Arrivals = 0 },

            // The job is found by its input.
            [Mishap.CutAfterSending] = MishapOutcome.Delivers(),
            [Mishap.CutInAnswer] = MishapOutcome.Delivers(),
            [Mishap.GatewayTimeout] = MishapOutcome.Delivers(),
            [Mishap.MalformedAnswer] = MishapOutcome.Delivers(),
            [Mishap.TruncatedAnswer] = MishapOutcome.Delivers(),

            // There is none to be found.
            [Mishap.ServerError] = MishapOutcome.Fails(FailureCode.ServiceFailed, Billing.Unknown),
            [Mishap.Overloaded] = MishapOutcome.Fails(FailureCode.ServiceFailed, Billing.Unknown),
            [Mishap.Held] = MishapOutcome.Delivers(),
            [Mishap.CredentialsRefused] = MishapOutcome.Fails(FailureCode.AccessDenied) with { Text = "SCENARIO_SDK_API_KEY" },
            [Mishap.PermissionRefused] = MishapOutcome.Fails(FailureCode.AccessDenied),
            [Mishap.ModelUnknown] = MishapOutcome.Fails(FailureCode.ModelNotFound) with { Text = "GPTIMAGE2_MODEL" },
            [Mishap.PromptBlocked] = MishapOutcome.Fails(FailureCode.ContentRejected) with { Text = "safety system" },
            [Mishap.ResultBlocked] = MishapOutcome.Fails(FailureCode.ContentRejected) with { Text = "safety system" },

            // The run is never sent again, not even then.
            [Mishap.RateLimitedOnce] = MishapOutcome.Fails(FailureCode.RateLimited) with { Text = "Wait 1 s" },
            [Mishap.RateLimited] = MishapOutcome.Fails(FailureCode.RateLimited) with { Text = "Wait 120 s" },
            [Mishap.TooManyAtOnce] = MishapOutcome.Fails(FailureCode.RateLimited) with { Text = "at most 5 such jobs" },
            [Mishap.QuotaReached] = MishapOutcome.Fails(FailureCode.OutOfMoney),
            [Mishap.NoCredit] = MishapOutcome.Fails(FailureCode.OutOfMoney) with { Text = "creative units" },
            [Mishap.TransparencyRefused] = MishapOutcome.Fails(FailureCode.InvalidRequest) with { Argument = "background" },
            [Mishap.UnknownFields] = MishapOutcome.Delivers(),
            [Mishap.UnknownValues] = MishapOutcome.Delivers(),
            [Mishap.UsageMissing] = MishapOutcome.Delivers(),
            [Mishap.OtherSize] = MishapOutcome.Delivers(),
            [Mishap.FewerImages] = MishapOutcome.Fails(FailureCode.AnswerLost, Billing.Yes, stored: 1) with { Text = "1 of 2" },
            [Mishap.MoreImages] = MishapOutcome.Delivers(),
            [Mishap.NoImage] = MishapOutcome.Fails(FailureCode.AnswerLost, Billing.Yes),
            [Mishap.Redirect] = MishapOutcome.Fails(FailureCode.ServiceFailed) with { Text = "redirect" },
            [Mishap.LinkExpired] = MishapOutcome.Delivers(),
            [Mishap.LinkCut] = MishapOutcome.Delivers(),
        },
        Impossible = new Dictionary<Mishap, string>(),
    };

    public static async Task<IVendorStandIn> StartAsync(Mishap? mishap, TimeProvider time) => new StandIn(await StrictScenario.StartAsync(), mishap, time);

    private sealed class StandIn : IVendorStandIn
    {
        private const string WrongSecret = "wrong-secret-0123456789";

        private readonly StrictScenario _server;
        private readonly ScenarioMishaps _mishaps;
        private readonly TimeProvider _time;
        private readonly ScenarioOptions _options;
        private readonly SocketsHttpHandler _handler = ServiceHandler.Create();
        private readonly InMemoryUploadedAssets _uploaded = new();
        private readonly List<ScenarioBackend> _backends = [];

        public StandIn(StrictScenario server, Mishap? mishap, TimeProvider time)
        {
            (_server, _time) = (server, time);
            _mishaps = new ScenarioMishaps(server, mishap);
            _options = new ScenarioOptions
            {
                Key = new Secret(server.Account.Key),
                KeySecret = new Secret(mishap is Mishap.CredentialsRefused ? WrongSecret : server.Account.KeySecret),
                BaseUrl = mishap is Mishap.Unreachable ? new Uri("http://127.0.0.1:1/v1") : server.BaseUrl,
                LookupTime = TimeSpan.FromSeconds(3),
            };
        }

        public int Arrivals => _server.Of(ScenarioRoute.Run).Count;

        public IReadOnlyList<ReceivedOrder> Orders => [.. _server.Runs.Select(run => Normalise(run.Order))];

        public decimal Billed => _server.Charged - _server.Refunded;

        public IReadOnlyList<byte[]> Drawn => _mishaps.Drawn;

        public IReadOnlyList<string> Secrets =>
            [_server.Account.KeySecret, WrongSecret, Convert.ToBase64String(Encoding.ASCII.GetBytes($"{_server.Account.Key}:{_server.Account.KeySecret}"))];

        public IImageBackend CreateBackend()
        {
            var backend = new ScenarioBackend(_options, _handler, _uploaded, _time);
            _backends.Add(backend);
            return backend;
        }

        public Task ArrivedAsync(CancellationToken cancellationToken) => _server.WaitForAsync(ScenarioRoute.Run, 1, cancellationToken);

        public void Release() => _mishaps.Release();

        public async ValueTask DisposeAsync()
        {
            _backends.ForEach(backend => backend.Dispose());
            _handler.Dispose();
            await _server.DisposeAsync();
        }

        private static ReceivedOrder Normalise(ScenarioOrder order) => new(
            order.Prompt,
            order.Size,
            order.Count,
            order.Quality,
            order.Background,
            [.. order.References.Select(image => image.Bytes)],
            order.Mask is { } mask ? ReceivedMask.FromClearPixels(PngFile.Read(mask.Bytes).Decode()) : null);
    }
}
