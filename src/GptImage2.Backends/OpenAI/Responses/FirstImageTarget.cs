using GptImage2.Backends.Http.Streaming;
using GptImage2.Generation.Rendering;

namespace GptImage2.Backends.OpenAI.Responses;

/// <summary>Puts the image of a response into the sink. A response is asked for one; any further one is left out, because images are counted.</summary>
/// <param name="sink">Null to take none.</param>
internal sealed class FirstImageTarget(IRenderSink? sink) : IBase64Target, IAsyncDisposable
{
    private readonly RenderSinkTarget? _images = sink is null ? null : new RenderSinkTarget(sink);
    private bool _begun;
    private bool _taking;

    public bool IsStored => _images?.StoredCount > 0;

    /// <summary>Why it could not be stored.</summary>
    public ImageException? StorageError => _images?.StorageError;

    public void Begin(ReadOnlySpan<byte> before)
    {
        _taking = _images is not null && !_begun;
        _begun = true;
        if (_taking)
        {
            _images!.Begin(before);
        }
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> decoded, CancellationToken cancellationToken) =>
        _taking ? _images!.WriteAsync(decoded, cancellationToken) : ValueTask.CompletedTask;

    public ValueTask EndAsync(CancellationToken cancellationToken) => _taking ? _images!.EndAsync(cancellationToken) : ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _images?.DisposeAsync() ?? ValueTask.CompletedTask;
}
