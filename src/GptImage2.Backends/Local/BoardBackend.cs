using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Imaging.Boards;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Backends.Local;

/// <summary>Puts images on a board on this machine: a backend that costs nothing and sends nothing.</summary>
public sealed class BoardBackend : IImageBackend
{
    public string Name => LocalModel.Backend;

    public ModelProfile Profile => LocalModel.Board;

    public string? Notice => null;

    public Task<string> CheckAsync(CancellationToken cancellationToken) => Task.FromResult("works on this machine");

    public async Task<RenderOutcome> RenderAsync(Validated<ImageRequest> validated, RenderInputs inputs, IRenderSink sink, CancellationToken cancellationToken)
    {
        var request = (BoardRequest)validated.Request;
        sink.Report(RenderStage.Drawing);
        using var renderer = new BoardRenderer(request.ToContent(inputs.Images.Select(image => image.Size)));
        foreach (var (index, input) in inputs.Images.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            AddImage(renderer, index, input.Image, request.Images[index].Argument);
        }

        using var board = renderer.Render();
        await using var image = sink.OpenImage();
        board.Save(image, new SaveOptions { Format = request.Delivery.Format, Quality = request.Delivery.Compression ?? 90 });
        await image.CompleteAsync();
        return new RenderOutcome(Usage: null, RequestId: null);
    }

    /// <exception cref="ImageException">The image is damaged; the failure names its argument.</exception>
    private static void AddImage(BoardRenderer renderer, int index, EncodedImage image, string argument)
    {
        try
        {
            renderer.Add(index, image);
        }
        catch (UnreadableImageException unreadable)
        {
            var failure = new Failure
            {
                Code = FailureCode.UnreadableImage,
                Message = $"{argument}: {unreadable.Message}.",
                Retry = RetryAdvice.Changed,
                Argument = argument,
            };
            throw new ImageException(failure, unreadable);
        }
    }
}
