using GptImage2.Generation.Rendering;
using GptImage2.Generation.Storage;

namespace GptImage2.Backends.Http.Streaming;

/// <summary>Puts decoded images into a sink. Each is stored the moment its last byte has arrived.</summary>
internal sealed class RenderSinkTarget(IRenderSink sink) : IBase64Target, IAsyncDisposable
{
    private IncomingImage? _open;
    private bool _receiving;

    /// <summary>How many images were stored.</summary>
    public int StoredCount { get; private set; }

    /// <summary>Why the first image that could not be stored was not. Those after it are still attempted.</summary>
    public ImageException? StorageError { get; private set; }

    public void Begin(ReadOnlySpan<byte> before)
    {
        if (!_receiving)
        {
            _receiving = true;
            sink.Report(RenderStage.Receiving);
        }

        _open = _open is null ? sink.OpenImage() : throw new MalformedResponseException("holds two images where one is expected");
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> decoded, CancellationToken cancellationToken) =>
        _open!.WriteAsync(decoded, cancellationToken);

    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _open!.CompleteAsync();
            StoredCount++;
        }
        catch (ImageException e)
        {
            StorageError ??= e;
        }

        await DisposeAsync();
    }

    /// <summary>Discards the image that is open, if one is.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_open is { } image)
        {
            _open = null;
            await image.DisposeAsync();
        }
    }
}
