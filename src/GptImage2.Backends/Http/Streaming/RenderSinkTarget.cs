using GptImage2.Generation.Errors;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Storage;

namespace GptImage2.Backends.Http.Streaming;

/// <summary>Puts decoded pictures into a sink. Each is kept the moment its last byte is there.</summary>
internal sealed class RenderSinkTarget(IRenderSink sink) : IBase64Target, IAsyncDisposable
{
    private IncomingImage? _open;
    private bool _receiving;

    /// <summary>How many pictures were kept.</summary>
    public int StoredCount { get; private set; }

    /// <summary>Why the first picture that could not be kept was not. Those after it still have their chance.</summary>
    public ImageException? StorageError { get; private set; }

    public void Begin(ReadOnlySpan<byte> before)
    {
        if (!_receiving)
        {
            _receiving = true;
            sink.Report(RenderStage.Receiving);
        }

        _open = _open is null ? sink.OpenImage() : throw new MalformedResponseException("holds two pictures where one belongs");
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

    /// <summary>Gives up the picture that is open, if one is.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_open is { } image)
        {
            _open = null;
            await image.DisposeAsync();
        }
    }
}
