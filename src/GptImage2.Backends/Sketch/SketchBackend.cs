using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Backends.Sketch;

/// <summary>
/// Draws honest placeholders without a key and without a network: the exact size, the shot that the prompt names, and the prompt itself,
/// good enough to lay out a board with. The same request gives the same image.
/// </summary>
/// <param name="model">The model whose rules apply.</param>
public sealed class SketchBackend(ModelProfile model, SketchOptions options, TimeProvider clock) : IImageBackend
{
    public string Name => "sketch";

    public ModelProfile Profile { get; } = StandInFor(model);

    public string Notice => $"SKETCH, not a real image: {options.Reason ?? "the user chose the sketch backend"}.";

    public Task<string> CheckAsync(CancellationToken cancellationToken) => Task.FromResult(options.Reason ?? "chosen by the user");

    public async Task<RenderOutcome> RenderAsync(Validated<ImageRequest> validated, RenderInputs inputs, IRenderSink sink, CancellationToken cancellationToken)
    {
        sink.Report(RenderStage.Drawing);
        await Task.Delay(options.Delay, clock, cancellationToken);
        if (options.Fails)
        {
            throw new ImageException(new Failure
            {
                Code = FailureCode.ServiceFailed,
                Message = "The sketch backend was configured to fail (GPTIMAGE2_SKETCH__FAILS). Nothing was billed.",
            });
        }

        var request = validated.Request;
        using var sketched = new SketchInputs(request, inputs);
        for (var number = 1; number <= request.Count; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await using var image = sink.OpenImage();
            using (var drawn = new SketchImage(sketched, number).Draw())
            {
                drawn.Save(image, CreateSaveOptions(request));
            }

            await image.CompleteAsync();
        }

        return new RenderOutcome(Usage: null, RequestId: null);
    }

    internal static ModelProfile StandInFor(ModelProfile model) => model with { Tariff = new Tariff.Free(), ModelTariff = model.Tariff, Warning = null };

    private static SaveOptions CreateSaveOptions(ImageRequest request) => new() { Format = request.RenderFormat, Quality = request.RenderCompression ?? 90 };
}
