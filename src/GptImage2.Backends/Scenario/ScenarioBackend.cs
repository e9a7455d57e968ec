using GptImage2.Backends.Scenario.Jobs;
using GptImage2.Backends.Scenario.Models;
using GptImage2.Backends.Scenario.Protocol;
using GptImage2.Backends.Scenario.Uploads;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;

namespace GptImage2.Backends.Scenario;

/// <summary>GPT Image on Scenario: images are uploaded, a job is run once and waited for, and the original bytes are fetched. A job outlives this process.</summary>
public sealed class ScenarioBackend : IResumableBackend, IQuotingBackend, IDisposable
{
    /// <summary>Prices change seldom, and a plan is often made twice.</summary>
    private static readonly TimeSpan QuoteLifetime = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, (decimal Units, long At)> _quotes = new(StringComparer.Ordinal);
    private readonly ScenarioOptions _options;
    private readonly ScenarioClient _client;
    private readonly AssetUploader _uploads;
    private readonly JobRunner _jobs;
    private readonly JobPoller _poller;
    private readonly AssetDownloader _downloads;
    private readonly TimeProvider _time;

    /// <param name="handler">Must not follow redirects. Stays the caller's.</param>
    /// <param name="known">Remembers what was uploaded.</param>
    /// <param name="random">Spreads attempts over time; null for any.</param>
    public ScenarioBackend(ScenarioOptions options, HttpMessageHandler handler, IUploadedAssets known, TimeProvider time, Random? random = null)
    {
        (_options, _time) = (options, time);
        _client = new ScenarioClient(options, handler, time, random ?? Random.Shared);
        _uploads = new AssetUploader(options, _client, known, time);
        _jobs = new JobRunner(_client, new JobFinder(options, _client, time));
        _poller = new JobPoller(options, _client, time);
        _downloads = new AssetDownloader(options, _client, time);
        Profile = ScenarioModels.Resolve(options.Model) with { Tariff = new Tariff.Quoted(options.UsdPerCredit) };
    }

    public string Name => "scenario";

    public ModelProfile Profile { get; }

    public string? Notice => null;

    public bool IsConfigured => _options.IsSendable;

    /// <summary>Without its images, which a dry run would have to upload first: their share of the price is named before the job is run.</summary>
    public async Task<decimal> QuoteAsync(Validated<ImageRequest> validated, CancellationToken cancellationToken)
    {
        var request = validated.Request;
        var kind = $"{validated.Profile.Model} {request.Size} {request.Count} {request.Quality.Name} {request.Background.Name}";
        if (_quotes.TryGetValue(kind, out var quote) && _time.GetElapsedTime(quote.At) < QuoteLifetime)
        {
            return quote.Units;
        }

        var units = await _client.PriceAsync(validated.Profile.Model, ScenarioInput.Create(validated, [], null), cancellationToken);
        _quotes[kind] = (units, _time.GetTimestamp());
        return units;
    }

    public async Task<RenderOutcome> RenderAsync(Validated<ImageRequest> validated, RenderInputs inputs, IRenderSink sink, CancellationToken cancellationToken)
    {
        sink.Report(RenderStage.Sending);
        var (input, price) = await PrepareAsync(validated, inputs, cancellationToken);
        if (price is { } credits)
        {
            await sink.ConfirmPriceAsync(credits);
        }

        return await CollectAsync(await _jobs.StartAsync(validated.Profile.Model, input, sink, cancellationToken), validated.Request.Count, 0, sink, cancellationToken);
    }

    public async Task<RenderOutcome> ResumeAsync(string checkpoint, Validated<ImageRequest> validated, int skip, IRenderSink sink, CancellationToken cancellationToken)
    {
        sink.Report(RenderStage.Drawing);
        return await CollectAsync(await _jobs.ResumeAsync(Checkpoint.Parse(checkpoint), sink, cancellationToken), validated.Request.Count, skip, sink, cancellationToken);
    }

    public async Task<string> CheckAsync(CancellationToken cancellationToken)
    {
        var answer = await _client.AskAsync(HttpMethod.Get, $"models/{Uri.EscapeDataString(Profile.Model)}", null, cancellationToken);
        string[] differences = [.. ModelSchemaCheck.FindDifferences(answer, Profile)];
        return $"{_options.BaseUrl.Host} responds, and the credentials may read the model{(differences is [] ? "" : $"; it has changed since this server was made: {string.Join("; ", differences)}")}";
    }

    public void Dispose() => _client.Dispose();

    /// <returns>What to run, and its price where images have their share in it.</returns>
    private async Task<(byte[] Input, decimal? Price)> PrepareAsync(Validated<ImageRequest> validated, RenderInputs inputs, CancellationToken cancellationToken)
    {
        var input = await UploadAsync(validated, inputs, cancellationToken);
        if (inputs.Images is [])
        {
            return (input, null);
        }

        try
        {
            return (input, await _client.PriceAsync(validated.Profile.Model, input, cancellationToken));
        }
        catch (ImageException refused) when (refused.Failure.Code is FailureCode.ModelNotFound or FailureCode.InvalidRequest)
        {
            // An image may be gone there since it was last seen.
            _uploads.ForgetSeen();
            input = await UploadAsync(validated, inputs, cancellationToken);
            return (input, await _client.PriceAsync(validated.Profile.Model, input, cancellationToken));
        }
    }

    private async Task<byte[]> UploadAsync(Validated<ImageRequest> validated, RenderInputs inputs, CancellationToken cancellationToken)
    {
        var images = new List<string>();
        foreach (var (index, image) in inputs.Images.Index())
        {
            images.Add(await _uploads.UploadAsync(image, validated.Request.Images[index].Argument, cancellationToken));
        }

        var mask = inputs.Mask is { } drawn ? await _uploads.UploadAsync(drawn, "mask", cancellationToken) : null;
        return ScenarioInput.Create(validated, images, mask);
    }

    private async Task<RenderOutcome> CollectAsync(string jobId, int count, int skip, IRenderSink sink, CancellationToken cancellationToken)
    {
        var job = await _poller.WaitAsync(jobId, sink.ReportProgress, cancellationToken);
        if (!job.Succeeded)
        {
            throw new ImageException(new JobErrors(_options).Failed(job));
        }

        sink.Report(RenderStage.Receiving);
        foreach (var asset in job.AssetIds.Take(count).Skip(skip))
        {
            await _downloads.DownloadAsync(asset, jobId, sink, cancellationToken);
        }

        return job.AssetIds.Count >= count
            ? new RenderOutcome(Usage: null, jobId) { Credits = job.Cost }
            : throw new ImageException(JobErrors.ImagesMissing(job.AssetIds.Count, count, jobId));
    }
}
