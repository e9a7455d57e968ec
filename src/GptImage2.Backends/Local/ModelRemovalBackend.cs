using GptImage2.Generation.Models;
using GptImage2.Generation.PostProcessing;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting.Models;

namespace GptImage2.Backends.Local;

/// <summary>Removes any background on this machine, by a model of the user's: a backend that costs nothing and sends nothing.</summary>
public sealed class ModelRemovalBackend(IMatteModel model) : IImageBackend
{
    public string Name => LocalModel.Backend;

    public ModelProfile Profile { get; } = LocalModel.FindsSubjects(model.Name);

    public string? Notice => null;

    public Task<string> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult(model.Describe());
        }
        catch (MatteModelException unusable)
        {
            throw new ImageException(new Failure { Code = FailureCode.CutoutRefused, Message = $"method: {unusable.Message}", Retry = RetryAdvice.Changed, Argument = "method" }, unusable);
        }
    }

    public async Task<RenderOutcome> RenderAsync(Validated<ImageRequest> validated, RenderInputs inputs, IRenderSink sink, CancellationToken cancellationToken)
    {
        sink.Report(RenderStage.Drawing);
        using var cutout = await BackgroundRemoval.RemoveBackgroundAsync(inputs.Images[0].Image, model, cancellationToken);
        await using var image = sink.OpenImage();
        cutout.Save(image, BackgroundRemoval.CreateSaveOptions(validated.Request.Delivery) with { Provenance = ImageHeader.ReadProvenance(inputs.Images[0].Image) });
        await image.CompleteAsync();
        return new RenderOutcome(Usage: null, RequestId: null);
    }
}
