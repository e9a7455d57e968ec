using GptImage2.Backends.Scenario.Jobs;
using GptImage2.Backends.Scenario.Models;
using GptImage2.Backends.Scenario.Pricing;
using GptImage2.Backends.Scenario.Protocol;
using GptImage2.Backends.Scenario.Uploads;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Backends.Scenario;

/// <summary>Removes any background, by one of Scenario's models for it: a job like those that draw.</summary>
internal sealed class ScenarioRemovalBackend(
    ScenarioRemover remover, ScenarioOptions options, ScenarioClient client, AssetUploader uploads, JobRunner jobs, JobCollector collector, TimeProvider time) : IResumableBackend, IQuotingBackend
{
    /// <summary>What stands for an image in a question for the price.</summary>
    private static readonly Dimensions SampleSize = new(512, 512);

    private readonly QuoteCache _quotes = new(time);
    private readonly InputPricing _pricing = new(client, uploads);

    public string Name => ScenarioBackend.ServiceName;

    public ModelProfile Profile { get; } = remover.Profile with { Tariff = new Tariff.Quoted(options.UsdPerCredit) };

    public string? Notice => null;

    public bool IsConfigured => options.IsSendable;

    /// <summary>A price needs an image, and the user's own stays here until it is to be cut out: a grey one is sent in its place, once.</summary>
    public Task<decimal> QuoteAsync(Validated<ImageRequest> validated, CancellationToken cancellationToken) => _quotes.GetAsync(
        Profile.Model, async () => (await _pricing.PrepareAsync(Profile.Model, async () => CreateInput(await uploads.UploadAsync(CreateSample(), "image", cancellationToken)), cancellationToken)).Price);

    public async Task<RenderOutcome> RenderAsync(Validated<ImageRequest> validated, RenderInputs inputs, IRenderSink sink, CancellationToken cancellationToken)
    {
        sink.Report(RenderStage.Sending);
        var (input, price) = await _pricing.PrepareAsync(
            Profile.Model, async () => CreateInput(await uploads.UploadAsync(inputs.Images[0], validated.Request.Images[0].Argument, cancellationToken)), cancellationToken);
        await sink.ConfirmPriceAsync(price);
        return await collector.CollectAsync(await jobs.StartAsync(Profile.Model, input, sink, cancellationToken), count: 1, skip: 0, sink, cancellationToken);
    }

    public async Task<RenderOutcome> ResumeAsync(string checkpoint, Validated<ImageRequest> validated, int skip, IRenderSink sink, CancellationToken cancellationToken)
    {
        sink.Report(RenderStage.Drawing);
        return await collector.CollectAsync(await jobs.ResumeAsync(Checkpoint.Parse(checkpoint), sink, cancellationToken), count: 1, skip, sink, cancellationToken);
    }

    public async Task<string> CheckAsync(CancellationToken cancellationToken)
    {
        await client.AskModelAsync(Profile.Model, cancellationToken);
        return $"{options.BaseUrl.Host} responds, and the credentials may read {Profile.Model}, which removes backgrounds";
    }

    private byte[] CreateInput(string image) => RemovalInput.Create(remover, image);

    private static RenderInputImage CreateSample()
    {
        using var grey = Image.FromColour(SampleSize, new Colour(128, 128, 128));
        using var bytes = new MemoryStream();
        grey.Save(bytes, new SaveOptions { Format = ImageFormat.Png });
        return new RenderInputImage(EncodedImage.FromMemory(bytes.ToArray()), ImageFormat.Png, SampleSize, ReferenceRole.Base.Name, Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray())));
    }
}
