using GptImage2.Generation.Constraints;
using GptImage2.Generation.Failures;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;

namespace GptImage2.Generation.Finishing;

/// <summary>Takes plain backdrops away on this machine: a backend that costs nothing and sends nothing.</summary>
public sealed class LocalRemover : IImageBackend
{
    private const long NoLimit = 1L << 40;

    public string Name => "local";

    /// <summary>Any picture, any size, without a price.</summary>
    public ModelProfile Profile { get; } = new()
    {
        Model = "flat-backdrop",
        Family = "flat-backdrop",
        Sizes = new SizeRules
        {
            EdgeMultiple = 1,
            MinEdge = 1,
            MaxEdge = 1_000_000,
            MaxRatio = 1_000_000,
            MinPixels = 1,
            MaxPixels = NoLimit,
            ExperimentalAbove = NoLimit,
        },
        Qualities = [ImageQuality.Medium],
        Backgrounds = [ImageBackground.Auto],
        Formats = [ImageFormat.Png, ImageFormat.Webp],
        MaxCount = 1,
        MaxReferences = 1,
        // Words are for the record only: those of the picture, and a few more.
        MaxPromptLength = int.MaxValue,
        Tariff = new Tariff.Free(),
        Inputs = new InputRules
        {
            Formats = [ImageFormat.Png],
            AnyImage = true,
            MaxBytes = NoLimit,
            MaxMaskBytes = NoLimit,
            PatchEdge = 1,
            PatchBudget = int.MaxValue,
            MagnifiedEdge = 1,
        },
    };

    public string? Notice => null;

    public Task<string> CheckAsync(CancellationToken cancellationToken) => Task.FromResult("works on this machine");

    public async Task<RenderOutcome> RenderAsync(Validated<ImageRequest> validated, RenderInputs inputs, IRenderSink sink, CancellationToken cancellationToken)
    {
        sink.Report(RenderStage.Drawing);
        using var cut = Cutter.Cut(inputs.Images[0].Image);
        await using var image = sink.OpenImage();
        cut.Picture.Save(image, Cutter.Options(validated.Request.Delivery));
        await image.CompleteAsync();
        return new RenderOutcome(Usage: null, RequestId: null, Billing.No);
    }
}
