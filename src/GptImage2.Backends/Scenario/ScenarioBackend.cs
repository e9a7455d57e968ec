using GptImage2.Backends.Scenario.Jobs;
using GptImage2.Backends.Scenario.Models;
using GptImage2.Backends.Scenario.Pricing;
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
    internal const string ServiceName = "scenario";

    private readonly ScenarioOptions _options;
    private readonly ModelProfile _rules;
    private readonly ScenarioClient _client;
    private readonly AssetUploader _uploads;
    private readonly JobRunner _jobs;
    private readonly JobCollector _collector;
    private readonly InputPricing _pricing;
    private readonly QuoteCache _quotes;
    private volatile bool _isAsked;

    /// <param name="handler">Must not follow redirects. Stays the caller's.</param>
    /// <param name="known">Remembers what was uploaded.</param>
    /// <param name="random">Spreads attempts over time; null for any.</param>
    public ScenarioBackend(ScenarioOptions options, HttpMessageHandler handler, IUploadedAssets known, TimeProvider time, Random? random = null)
    {
        _options = options;
        _client = new ScenarioClient(options, handler, time, random ?? Random.Shared);
        _uploads = new AssetUploader(options, _client, known, time);
        _jobs = new JobRunner(_client, new JobFinder(options, _client, time));
        _collector = new JobCollector(options, new JobPoller(options, _client, time), new AssetDownloader(options, _client, time));
        _pricing = new InputPricing(_client, _uploads);
        _quotes = new QuoteCache(time);
        BackgroundRemoval = ScenarioRemovers.Find(options.Remover) is { } remover ? new ScenarioRemovalBackend(remover, options, _client, _uploads, _jobs, _collector, time) : null;
        _rules = Profile = ScenarioModels.Resolve(options.Model) with { Tariff = new Tariff.Quoted(options.UsdPerCredit) };
    }

    public string Name => ServiceName;

    public ModelProfile Profile { get; private set; }

    public string? Notice => null;

    public bool IsConfigured => _options.IsSendable;

    public IImageBackend? BackgroundRemoval { get; }

    /// <summary>Asks once what the model takes. Where that is no longer what the profile says, every plan says so, and the profile's rules stay.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (_isAsked)
        {
            return;
        }

        try
        {
            // Two may ask at once: what is said is added to the rules as they were compiled in.
            string[] differences = [.. ModelSchemaCheck.FindDifferences(await _client.AskModelAsync(_rules.Model, cancellationToken), _rules)];
            _isAsked = true;
            Profile = differences is [] ? _rules : _rules with
            {
                Warning = $"{(_rules.Warning is { } known ? $"{known} " : "")}Scenario has changed the model's rules since this server was made: {string.Join("; ", differences)}.",
            };
        }
        catch (ImageException)
        {
            // Whoever asks for the price next says what is wrong.
            _isAsked = false;
        }
    }

    /// <summary>Without its images, which a dry run would have to upload first: their share of the price is named before the job is run.</summary>
    public Task<decimal> QuoteAsync(Validated<ImageRequest> validated, CancellationToken cancellationToken)
    {
        var request = validated.Request;
        return _quotes.GetAsync(
            $"{validated.Profile.Model} {request.Size} {request.Count} {request.Quality.Name} {request.Background.Name}",
            () => _client.PriceAsync(validated.Profile.Model, ScenarioInput.Create(validated, [], null), cancellationToken));
    }

    public async Task<RenderOutcome> RenderAsync(Validated<ImageRequest> validated, RenderInputs inputs, IRenderSink sink, CancellationToken cancellationToken)
    {
        sink.Report(RenderStage.Sending);
        var input = await PrepareAsync(validated, inputs, sink, cancellationToken);
        return await _collector.CollectAsync(await _jobs.StartAsync(validated.Profile.Model, input, sink, cancellationToken), validated.Request.Count, skip: 0, sink, cancellationToken);
    }

    public async Task<RenderOutcome> ResumeAsync(string checkpoint, Validated<ImageRequest> validated, int skip, IRenderSink sink, CancellationToken cancellationToken)
    {
        sink.Report(RenderStage.Drawing);
        return await _collector.CollectAsync(await _jobs.ResumeAsync(Checkpoint.Parse(checkpoint), sink, cancellationToken), validated.Request.Count, skip, sink, cancellationToken);
    }

    public async Task<string> CheckAsync(CancellationToken cancellationToken)
    {
        var answer = await _client.AskModelAsync(Profile.Model, cancellationToken);
        string[] differences = [.. ModelSchemaCheck.FindDifferences(answer, Profile)];
        return $"{_options.BaseUrl.Host} responds, and the credentials may read the model{(differences is [] ? "" : $"; it has changed since this server was made: {string.Join("; ", differences)}")}";
    }

    public void Dispose() => _client.Dispose();

    /// <returns>What to run. Where images have their share in its price, that has been confirmed.</returns>
    private async Task<byte[]> PrepareAsync(Validated<ImageRequest> validated, RenderInputs inputs, IRenderSink sink, CancellationToken cancellationToken)
    {
        if (inputs.Images is [])
        {
            return ScenarioInput.Create(validated, [], null);
        }

        var (input, price) = await _pricing.PrepareAsync(validated.Profile.Model, () => UploadAsync(validated, inputs, cancellationToken), cancellationToken);
        await sink.ConfirmPriceAsync(price);
        return input;
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
}
