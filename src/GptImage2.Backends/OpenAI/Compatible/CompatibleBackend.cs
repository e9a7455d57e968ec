using GptImage2.Backends.OpenAI.Compatible.SdServer;
using GptImage2.Backends.OpenAI.Compatible.Servers;
using GptImage2.Generation.Inputs;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using Microsoft.Extensions.Logging;

namespace GptImage2.Backends.OpenAI.Compatible;

/// <summary>A server that imitates OpenAI's Images API. Which one it is, is asked at the start, and again as long as nobody answers.</summary>
public sealed class CompatibleBackend : IImageBackend, IDisposable
{
    public const string BackendName = "compatible";

    private readonly CompatibleOptions _options;
    private readonly HttpClient _http;
    private readonly IRemoteImageFetcher _internet;
    private readonly ServerDetector _detector;
    private readonly Func<FoundServer, Renderer> _create;
    private readonly SemaphoreSlim _asking = new(1, 1);
    private readonly Task _first;
    private Renderer? _renderer;

    /// <param name="handler">Must not follow redirects. Stays the caller's.</param>
    /// <param name="internet">Fetches images that the server leaves elsewhere.</param>
    /// <param name="random">Spreads attempts over time; null for any.</param>
    public CompatibleBackend(CompatibleOptions options, HttpMessageHandler handler, IRemoteImageFetcher internet, TimeProvider time, ILogger<OpenAIBackend>? logger = null, Random? random = null)
    {
        (_options, _internet) = (options, internet);
        _http = new HttpClient(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        _detector = new ServerDetector(options, ApiAddress.Parse(options.Url), _http, time);
        _create = found =>
        {
            var service = CompatibleService.Create(options, found, _http, internet);
            return new Renderer(
                found,
                service,
                OpenAIBackend.Create(service, handler, time, logger, random),
                found.Traits.HasJobs ? new SdServerJobs(options, service, _http, time, random ?? Random.Shared) : null);
        };
        _first = FindQuietlyAsync();
    }

    public string Name => BackendName;

    /// <summary>Of the server that was found; until then of the one the user has named, or of any.</summary>
    public ModelProfile Profile => Volatile.Read(ref _renderer)?.Service.GetProfile()
        ?? CompatibleModels.Create(ServerDetector.FindHosted(_options) ?? (_options.Server is CompatibleOptions.Auto ? KnownServers.Unknown : KnownServers.Find(_options.Server)), _options.Model);

    public string? Notice => null;

    public bool IsConfigured => _options.ApiKey is not { IsSendable: false };

    /// <summary>The models that can be asked for are the server's own.</summary>
    public static ModelTable Models { get; } = new(BackendName, CompatibleModels.Resolve, []) { Setting = "GPTIMAGE2_COMPATIBLE__MODEL" };

    /// <summary>Ends when the server has been asked what it is for the first time.</summary>
    internal Task FirstAsked => _first;

    /// <summary>A server that has just been started is found out with the next call.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken) => AskAsync(cancellationToken);

    public async Task<RenderOutcome> RenderAsync(Validated<ImageRequest> validated, RenderInputs inputs, IRenderSink sink, CancellationToken cancellationToken)
    {
        var renderer = await FindAsync(cancellationToken);
        return await (renderer.Jobs?.RenderAsync(validated, inputs, sink, cancellationToken) ?? renderer.Client.RenderAsync(validated, inputs, sink, cancellationToken));
    }

    public async Task<string> CheckAsync(CancellationToken cancellationToken)
    {
        var (found, service, _, jobs) = await FindAsync(cancellationToken);
        var (title, models) = (found.Traits.Title, found.Models);
        if (found.Status is 401 or 403)
        {
            throw CreateError(FailureCode.AccessDenied, $"{service.BaseUrl.Authority} refuses access ({found.Status}). Check GPTIMAGE2_COMPATIBLE__APIKEY.");
        }

        var listed = string.Join(", ", models.Take(20));
        if (found.Traits.NeedsModel && (_options.Model is null || (models is not [] && !models.Contains(_options.Model))))
        {
            throw CreateError(
                FailureCode.ModelNotFound,
                $"{service.BaseUrl.Authority} is {title}, {(_options.Model is null ? "which needs the name of a model" : $"which has no model {_options.Model}")}. "
                    + $"Set GPTIMAGE2_COMPATIBLE__MODEL to one that it has{(listed is "" ? "" : $": {listed}")}.");
        }

        return $"{service.BaseUrl.Authority} is {title}{(listed is "" ? "" : $" with {listed}")}; {(found.Traits.IsFree ? "free" : "its prices are not known here")}"
            + $"{(found.Traits.MaskField is null ? "; it takes no masks, so inpaint_region is refused" : "")}{(jobs is null ? "" : "; jobs with progress")}";
    }

    public void Dispose()
    {
        Volatile.Read(ref _renderer)?.Client.Dispose();
        _http.Dispose();
        _asking.Dispose();
    }

    private async Task<Renderer> FindAsync(CancellationToken cancellationToken)
    {
        await _first.WaitAsync(cancellationToken);
        return await AskAsync(cancellationToken) ?? throw new ImageException(
            new OpenAIErrorTexts(CompatibleService.Create(_options, new FoundServer(KnownServers.Unknown, []), _http, _internet)).Unreachable(HttpRequestError.ConnectionError));
    }

    private async Task<Renderer?> AskAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _renderer) is { } known)
        {
            return known;
        }

        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (_renderer is null && await _detector.FindAsync(cancellationToken) is { } found)
            {
                Volatile.Write(ref _renderer, _create(found));
            }

            return _renderer;
        }
        finally
        {
            _asking.Release();
        }
    }

    private async Task FindQuietlyAsync()
    {
        try
        {
            await AskAsync(CancellationToken.None);
        }
        catch (ObjectDisposedException gone)
        {
            // Nobody waits for the answer any more.
            _ = gone;
        }
    }

    private static ImageException CreateError(FailureCode code, string message) => new(new Failure { Code = code, Message = message });

    /// <param name="Jobs">Null for a server without them.</param>
    private sealed record Renderer(FoundServer Found, ImagesService Service, OpenAIBackend Client, SdServerJobs? Jobs);
}
