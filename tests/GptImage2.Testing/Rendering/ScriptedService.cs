using GptImage2.Backends.OpenAI.Models;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Imaging;
using GptImage2.Testing.Images;

namespace GptImage2.Testing.Rendering;

/// <summary>A service that keeps its requests, as a test says: several backends of one, each in a process of its own, see the same requests.</summary>
public sealed class ScriptedService
{
    private readonly ConcurrentDictionary<string, int> _requests = new(StringComparer.Ordinal);
    private int _asked;

    /// <summary>How many requests were sent to it, each of which it bills.</summary>
    public int Runs => _requests.Count;

    /// <summary>Awaited before each image is handed out, by its number from 1.</summary>
    public Func<int, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>What a request costs, in credits.</summary>
    public decimal Credits { get; set; } = 12;

    /// <summary>What it says of the same request once its images are known; null for the same.</summary>
    public decimal? ExactCredits { get; set; }

    /// <summary>Whether it does not say what a request costs.</summary>
    public bool QuoteFails { get; set; }

    /// <summary>How often it was asked for a price before a request was planned.</summary>
    public int Quotes => Volatile.Read(ref _asked);

    /// <summary>A backend of it, as each process has one.</summary>
    public IImageBackend CreateBackend(string name = "service", decimal? usdPerCredit = 0.01m) => new Backend(this, name, usdPerCredit);

    public static byte[] Draw(Dimensions size, int number) => PngEncoder.Gradient(size, number);

    private sealed class Backend(ScriptedService service, string name, decimal? usdPerCredit) : IResumableBackend, IQuotingBackend
    {
        public string Name => name;

        public ModelProfile Profile { get; } = OpenAIModels.Resolve(OpenAIModels.Default) with { Tariff = new Tariff.Quoted(usdPerCredit) };

        public string? Notice => null;

        public Task<string> CheckAsync(CancellationToken cancellationToken) => Task.FromResult("scripted");

        public Task<decimal> QuoteAsync(Validated<ImageRequest> validated, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref service._asked);
            if (service.QuoteFails)
            {
                throw new ImageException(new Failure { Code = FailureCode.ServiceUnreachable, Message = "The service cannot be reached." });
            }

            return Task.FromResult(service.Credits);
        }

        public async Task<RenderOutcome> RenderAsync(Validated<ImageRequest> validated, RenderInputs inputs, IRenderSink sink, CancellationToken cancellationToken)
        {
            if (service.ExactCredits is { } exact)
            {
                await sink.ConfirmPriceAsync(exact);
            }

            await sink.SaveCheckpointAsync("sending");
            var id = $"run_{service._requests.Count + 1}";
            service._requests[id] = validated.Request.Count;
            await sink.SaveCheckpointAsync(id);
            return await CollectAsync(id, validated, 0, sink, cancellationToken);
        }

        public Task<RenderOutcome> ResumeAsync(string checkpoint, Validated<ImageRequest> validated, int skip, IRenderSink sink, CancellationToken cancellationToken) =>
            CollectAsync(checkpoint, validated, skip, sink, cancellationToken);

        private async Task<RenderOutcome> CollectAsync(string id, Validated<ImageRequest> validated, int skip, IRenderSink sink, CancellationToken cancellationToken)
        {
            var count = service._requests.TryGetValue(id, out var known) ? known : throw new InvalidOperationException($"There is no request {id}.");
            for (var number = skip + 1; number <= count; number++)
            {
                await service.Before(number, cancellationToken);
                sink.ReportProgress((double)number / count);
                await using var image = sink.OpenImage();
                await image.WriteAsync(Draw(validated.Request.Size, number), cancellationToken);
                await image.CompleteAsync();
            }

            return new RenderOutcome(Usage: null, id) { Credits = service.ExactCredits ?? service.Credits };
        }
    }
}
