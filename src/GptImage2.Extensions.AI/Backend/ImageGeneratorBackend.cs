using GptImage2.Generation.Inputs;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;

namespace GptImage2.Extensions.AI.Backend;

/// <summary>Any image generator of Microsoft.Extensions.AI as a backend. It is called once for each request, and never again.</summary>
/// <param name="generator">Stays the host's.</param>
/// <param name="downloads">Fetches images that the generator only names.</param>
public sealed class ImageGeneratorBackend(IImageGenerator generator, GeneratorBackendOptions options, IRemoteImageFetcher downloads) : IImageBackend
{
    private readonly GeneratorErrors _errors = new(options);

    public string Name => options.Name;

    public ModelProfile Profile => options.Profile;

    public string? Notice => null;

    /// <summary>No generator can be asked whether it works without drawing.</summary>
    public Task<string> CheckAsync(CancellationToken cancellationToken)
    {
        var metadata = generator.GetService<ImageGeneratorMetadata>();
        return Task.FromResult($"a generator of this program ({metadata?.ProviderName ?? generator.GetType().Name}), which cannot be checked without drawing");
    }

    public async Task<RenderOutcome> RenderAsync(Validated<ImageRequest> validated, RenderInputs inputs, IRenderSink sink, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(validated);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(sink);
        sink.Report(RenderStage.Sending);
        var call = await GeneratorCall.CreateAsync(validated, inputs, cancellationToken);
        options.Configure?.Invoke(call.Options, validated.Request);
        sink.Report(RenderStage.Drawing);
        var response = await CallAsync(call, cancellationToken);
        sink.Report(RenderStage.Receiving);
        return await ReceiveAsync(response, validated.Request, sink, cancellationToken);
    }

    private async Task<ImageGenerationResponse> CallAsync(GeneratorCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await generator.GenerateAsync(call.Request, call.Options, cancellationToken);
        }
        catch (Exception failed) when (failed is not ImageException && !(failed is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            throw new ImageException(_errors.Map(failed), failed);
        }
    }

    private async Task<RenderOutcome> ReceiveAsync(ImageGenerationResponse response, ImageRequest request, IRenderSink sink, CancellationToken cancellationToken)
    {
        AIContent[] images = [.. response.Contents.Where(content => content is DataContent or UriContent or HostedFileContent).Take(request.Count)];
        try
        {
            foreach (var content in images)
            {
                var bytes = await ReadAsync(content, cancellationToken);
                await using var image = sink.OpenImage();
                await image.WriteAsync(bytes, cancellationToken);
                await image.CompleteAsync();
            }
        }
        catch (ImageException failed) when (failed.Failure.Billed is Billing.No)
        {
            // It could not be fetched or stored here, but it was drawn.
            throw new ImageException(failed.Failure with { Billed = Billing.Yes }, failed);
        }

        var text = string.Join(' ', response.Contents.OfType<TextContent>().Select(content => content.Text));
        return images.Length == request.Count
            ? new RenderOutcome(GeneratorUsage.Read(response.Usage, request.Images is not []), RequestId: null)
            : throw new ImageException(_errors.ImagesMissing(images.Length, request.Count, text));
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(AIContent content, CancellationToken cancellationToken) => content switch
    {
        DataContent { Data: var data } => data,
        UriContent { Uri: { Scheme: "https" } address } => await downloads.FetchAsync(address, cancellationToken),
        UriContent { Uri.Scheme: "data" } inline => new DataContent(inline.Uri, inline.MediaType).Data,
        UriContent { Uri.Scheme: var scheme } => throw new ImageException(_errors.NotAnImage($"an address of the kind {scheme}:")),
        _ => throw new ImageException(_errors.NotAnImage("the id of a hosted file")),
    };
}
