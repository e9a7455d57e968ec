using GptImage2.Generation.Rendering;
using GptImage2.Generation.Storage;

namespace GptImage2.Testing.Rendering;

/// <summary>A sink that keeps everything in memory, and insists on its contract: one image open at a time.</summary>
public sealed class InMemoryRenderSink : IRenderSink
{
    private readonly List<byte[]> _images = [];
    private readonly List<byte[]> _partials = [];
    private readonly List<RenderStage> _stages = [];

    /// <summary>Images that were completed, in order.</summary>
    public IReadOnlyList<byte[]> Images => _images;

    /// <summary>Previews, in order.</summary>
    public IReadOnlyList<byte[]> Partials => _partials;

    public IReadOnlyList<RenderStage> Stages => _stages;

    /// <summary>How many images were begun and given up.</summary>
    public int Abandoned { get; private set; }

    /// <summary>Whether an image was begun and neither completed nor given up.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Called with the bytes of an image before it counts as kept; a test may throw from it.</summary>
    public Action<byte[]> Completing { get; init; } = static _ => { };

    public bool IsGivenUp { get; set; }

    /// <summary>Called with every checkpoint before it counts as recorded; a test may throw from it.</summary>
    public Action<string> Recording { get; init; } = static _ => { };

    /// <summary>Called with a price before it counts as confirmed; a test may throw from it.</summary>
    public Action<decimal> Confirming { get; init; } = static _ => { };

    public void Report(RenderStage stage) => _stages.Add(stage);

    /// <summary>What was recorded to find the request again, in order.</summary>
    public ConcurrentQueue<string> Checkpoints { get; } = new();

    /// <summary>The prices that were named before sending, in credits.</summary>
    public ConcurrentQueue<decimal> Prices { get; } = new();

    /// <summary>How far the service said it was, in order.</summary>
    public ConcurrentQueue<double> Progress { get; } = new();

    public void ReportProgress(double share) => Progress.Enqueue(share);

    public Task SaveCheckpointAsync(string checkpoint)
    {
        Recording(checkpoint);
        Checkpoints.Enqueue(checkpoint);
        return Task.CompletedTask;
    }

    public Task ConfirmPriceAsync(decimal credits)
    {
        Confirming(credits);
        Prices.Enqueue(credits);
        return Task.CompletedTask;
    }

    public void Partial(ReadOnlyMemory<byte> encoded) => _partials.Add(encoded.ToArray());

    public IncomingImage OpenImage()
    {
        IsOpen = !IsOpen ? true : throw new InvalidOperationException("The image before was neither completed nor disposed.");
        return new InMemoryIncomingImage(this);
    }

    internal int Keep(byte[] encoded)
    {
        Completing(encoded);
        _images.Add(encoded);
        return _images.Count;
    }

    internal void Close(bool kept)
    {
        IsOpen = false;
        Abandoned += kept ? 0 : 1;
    }
}
