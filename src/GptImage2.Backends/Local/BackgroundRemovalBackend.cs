using GptImage2.Generation.Models;
using GptImage2.Generation.PostProcessing;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Backends.Local;

/// <summary>Removes plain backgrounds on this machine: a backend that costs nothing and sends nothing.</summary>
public sealed class BackgroundRemovalBackend : IImageBackend
{
    public string Name => LocalModel.Backend;

    public ModelProfile Profile => LocalModel.FlatBackdrop;

    public string? Notice => null;

    public Task<string> CheckAsync(CancellationToken cancellationToken) => Task.FromResult("works on this machine");

    public async Task<RenderOutcome> RenderAsync(Validated<ImageRequest> validated, RenderInputs inputs, IRenderSink sink, CancellationToken cancellationToken)
    {
        sink.Report(RenderStage.Drawing);
        var opensHoles = validated.Request is BackgroundRemovalRequest { OpenHoles: true };
        using var cutout = BackgroundRemoval.RemoveBackground(inputs.Images[0].Image, opensHoles, sink.Warn, cancellationToken);
        await using var image = sink.OpenImage();
        cutout.Save(image, BackgroundRemoval.CreateSaveOptions(validated.Request.Delivery) with { Provenance = ImageHeader.ReadProvenance(inputs.Images[0].Image) });
        await image.CompleteAsync();
        return new RenderOutcome(Usage: null, RequestId: null);
    }
}
