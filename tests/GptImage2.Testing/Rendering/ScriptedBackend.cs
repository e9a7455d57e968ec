using GptImage2.Backends.OpenAI.Models;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Imaging;
using GptImage2.Testing.Images;

namespace GptImage2.Testing.Rendering;

/// <summary>A backend that does what a test says, image by image.</summary>
public sealed class ScriptedBackend : IImageBackend
{
    private readonly TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _calls;

    public string Name { get; init; } = "scripted";

    public ModelProfile Profile { get; init; } = OpenAIModels.Resolve(OpenAIModels.Default);

    public string? Notice => null;

    /// <summary>How often it was asked to draw.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Awaited before each image, by its index from 0, and once more at the end; a test may wait or throw there.</summary>
    public Func<int, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>What it draws: encoded bytes by size and number from 1.</summary>
    public Func<Dimensions, int, byte[]> Draw { get; set; } = (size, number) => PngEncoder.Gradient(size, number);

    /// <summary>Ends when it is first asked to draw.</summary>
    public Task CalledAsync(CancellationToken cancellationToken) => _called.Task.WaitAsync(cancellationToken);

    public Task<string> CheckAsync(CancellationToken cancellationToken) => Task.FromResult("scripted");

    public async Task<RenderOutcome> RenderAsync(Validated<ImageRequest> validated, RenderInputs inputs, IRenderSink sink, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        _called.TrySetResult();
        sink.Report(RenderStage.Drawing);
        for (var index = 0; index < validated.Request.Count; index++)
        {
            await Before(index, cancellationToken);
            await using var image = sink.OpenImage();
            await image.WriteAsync(Draw(validated.Request.Size, index + 1), cancellationToken);
            await image.CompleteAsync();
        }

        await Before(validated.Request.Count, cancellationToken);
        return new RenderOutcome(new TokenUsage(10, 0, 1000), "req_scripted");
    }
}
