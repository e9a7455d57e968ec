using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI;
using GptImage2.Backends.OpenAI.Azure;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Rendering;
using GptImage2.Testing.Contract;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Requests;
using GptImage2.Testing.OpenAI.Responses;

namespace GptImage2.Testing.Azure;

/// <summary>Azure OpenAI for the contract suite.</summary>
public sealed class AzureVendor : IVendor
{
    public static VendorTraits Traits { get; } = OpenAIVendor.Traits with
    {
        Name = "Azure",
        Profile = AzureModels.Resolve("gpt-image-2"),
        Outcomes = new Dictionary<Mishap, MishapOutcome>(OpenAIVendor.Traits.Outcomes)
        {
            [Mishap.CredentialsRefused] = MishapOutcome.Fails(FailureCode.AccessDenied) with { Text = "AZURE_OPENAI_API_KEY" },
            [Mishap.ModelUnknown] = MishapOutcome.Fails(FailureCode.ModelNotFound) with { Text = "AZURE_OPENAI_DEPLOYMENT" },
            [Mishap.NoCredit] = MishapOutcome.Fails(FailureCode.OutOfMoney) with { Text = "quota or credit" },
            [Mishap.PromptBlocked] = MishapOutcome.Fails(FailureCode.ContentRejected) with { Text = "(violence, hate)" },
            [Mishap.ResultBlocked] = MishapOutcome.Fails(FailureCode.ContentRejected) with { Text = "had drawn (sexual)" },
        },
    };

    public static async Task<IVendorStandIn> StartAsync(Mishap? mishap, TimeProvider time) => new StandIn(await StrictAzure.StartAsync(), mishap, time);

    private sealed class StandIn : IVendorStandIn
    {
        private const string WrongKey = "azure-wrong-0123456789abcdef";

        private readonly StrictAzure _server;
        private readonly OpenAIMishaps _mishaps;
        private readonly TimeProvider _time;
        private readonly AzureOptions _options;
        private readonly SocketsHttpHandler _handler = ServiceHandler.Create();
        private readonly List<OpenAIBackend> _backends = [];

        public StandIn(StrictAzure server, Mishap? mishap, TimeProvider time)
        {
            (_server, _time) = (server, time);
            _mishaps = new OpenAIMishaps(server.Service, mishap);
            var usual = server.Service.SelectResponse;
            server.Service.SelectResponse = order => usual(order) is { } response ? Respond(mishap) ?? response : null;
            _options = new AzureOptions
            {
                Endpoint = mishap is Mishap.Unreachable ? new Uri("http://127.0.0.1:1") : server.Endpoint,
                Deployment = StrictAzure.Deployment,
                ApiKey = new Secret(mishap is Mishap.CredentialsRefused ? WrongKey : StrictAzure.ApiKey),
                Model = "gpt-image-2",
            };
        }

        public int Arrivals => _server.Service.Requests.Count(request => request.Method is "POST");

        public IReadOnlyList<ReceivedOrder> Orders => [.. _server.Service.Billing.Entries.Where(entry => entry.BilledMicroUsd > 0).Select(entry => Normalise(entry.Order))];

        public decimal Billed => _server.Service.Billing.BilledMicroUsd;

        public IReadOnlyList<byte[]> Drawn => _mishaps.Drawn;

        public IReadOnlyList<string> Secrets => [StrictAzure.ApiKey, WrongKey];

        public IImageBackend CreateBackend()
        {
            var backend = OpenAIBackend.Create(AzureService.Create(_options, _handler, _time), _handler, _time);
            _backends.Add(backend);
            return backend;
        }

        public Task ArrivedAsync(CancellationToken cancellationToken) => _server.Service.WaitForRequestsAsync(1).WaitAsync(cancellationToken);

        public void Release() => _mishaps.Release();

        public async ValueTask DisposeAsync()
        {
            _backends.ForEach(backend => backend.Dispose());
            _handler.Dispose();
            await _server.DisposeAsync();
        }

        /// <summary>What Azure says in words of its own.</summary>
        private static ScriptedResponse? Respond(Mishap? mishap) => mishap switch
        {
            Mishap.ModelUnknown => ScriptedResponse.Error(404, "DeploymentNotFound", "The API deployment for this resource does not exist."),
            Mishap.PromptBlocked => new ScriptedResponse { Status = 400, Body = AzureErrors.FilteredPrompt },
            Mishap.ResultBlocked => new ScriptedResponse { Status = 400, Body = AzureErrors.BlockedResult },
            _ => null,
        };

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
