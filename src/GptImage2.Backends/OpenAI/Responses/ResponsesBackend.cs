using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI.Models;
using GptImage2.Backends.OpenAI.Protocol;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;

namespace GptImage2.Backends.OpenAI.Responses;

/// <summary>
/// OpenAI's image models through its Responses API: a language model is told to call the image tool, in the background, and what it
/// draws is kept under an id that outlives this process. Written from openai-node 7.59.0 (2026-11); never tried on the service itself.
/// </summary>
public sealed class ResponsesBackend : IResumableBackend, IDisposable
{
    private readonly OpenAIOptions _options;
    private readonly ResponsesOptions _responses;
    private readonly ResponsesErrors _errors;
    private readonly ResponsesClient _client;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly Random _random;

    /// <param name="handler">Must not follow redirects; see <see cref="ServiceHandler"/>. Stays the caller's.</param>
    /// <param name="random">Spreads attempts over time; null for any.</param>
    public ResponsesBackend(OpenAIOptions options, ResponsesOptions responses, HttpMessageHandler handler, TimeProvider time, Random? random = null)
    {
        (_options, _responses, _time, _random) = (options, responses, time, random ?? Random.Shared);
        _errors = new ResponsesErrors(options, responses);
        _client = new ResponsesClient(options, _errors, handler, time);
        _http = new HttpClient(handler, disposeHandler: false);
        Profile = TextModels.Carry(OpenAIModels.Resolve(options.Model), responses.TextModel);
    }

    public string Name => "openai";

    public ModelProfile Profile { get; }

    public string? Notice => null;

    public bool IsConfigured => _options.ApiKey.IsSendable;

    public async Task<RenderOutcome> RenderAsync(Validated<ImageRequest> validated, RenderInputs inputs, IRenderSink sink, CancellationToken cancellationToken)
    {
        ThrowIfMalformedKey();
        sink.Report(RenderStage.Sending);
        var run = CreateRun(validated, sink, new ResponsesCheckpoint([], Sending: false, WithoutImage: 0));
        var body = ResponsesRequest.Create(validated, inputs, _responses, new ImageArgumentNames(validated.Request));
        return await CarryOutAsync(
            run,
            sink,
            async () =>
            {
                await run.OrderAsync(body, _random, cancellationToken);
                return await run.CollectAsync(skip: 0, cancellationToken);
            },
            cancellationToken);
    }

    public async Task<RenderOutcome> ResumeAsync(string checkpoint, Validated<ImageRequest> validated, int skip, IRenderSink sink, CancellationToken cancellationToken)
    {
        ThrowIfMalformedKey();
        sink.Report(RenderStage.Drawing);

        // A checkpoint that cannot be read says no more than that something was sent.
        var run = CreateRun(validated, sink, ResponsesCheckpoint.TryParse(checkpoint) ?? new ResponsesCheckpoint([], Sending: true, WithoutImage: 0));
        return await CarryOutAsync(run, sink, () => run.CollectAsync(skip, cancellationToken), cancellationToken);
    }

    public async Task<string> CheckAsync(CancellationToken cancellationToken)
    {
        var image = await OpenAIHealthCheck.RunAsync(OpenAIService.Create(_options), _options.Model, _http, cancellationToken);
        return await _client.FindModelAsync(_responses.TextModel, cancellationToken) is >= 200 and < 300
            ? $"{image}, and the text model {_responses.TextModel}; the Responses transport has not been proven on the service"
            : throw new ImageException(new Failure
            {
                Code = FailureCode.ModelNotFound,
                Message = $"{_options.BaseUrl.Host} does not know the text model {_responses.TextModel}. Set GPTIMAGE2_OPENAI__TEXTMODEL to one it has.",
            });
    }

    public void Dispose()
    {
        _client.Dispose();
        _http.Dispose();
    }

    private ResponsesRun CreateRun(Validated<ImageRequest> validated, IRenderSink sink, ResponsesCheckpoint checkpoint) =>
        new(_client, _errors, _responses, new ImageArgumentNames(validated.Request), validated.Request.Count, sink, checkpoint, _time);

    /// <summary>A job that is given up is stopped at the service, too; one whose process ends goes on there.</summary>
    private static async Task<RenderOutcome> CarryOutAsync(ResponsesRun run, IRenderSink sink, Func<Task<RenderOutcome>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && sink.IsGivenUp)
        {
            await run.CancelAsync();
            throw;
        }
    }

    private void ThrowIfMalformedKey()
    {
        if (!_options.ApiKey.IsSendable)
        {
            throw new ImageException(new OpenAIErrorTexts(OpenAIService.Create(_options)).MalformedApiKey());
        }
    }
}
