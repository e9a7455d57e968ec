using System.Net;
using System.Net.Http.Headers;

namespace GptImage2.Backends.Wire;

/// <summary>A JSON request that knows whether it has left: until then nothing can have been billed.</summary>
internal sealed class RequestBody : HttpContent
{
    private readonly ReadOnlyMemory<byte> _json;
    private readonly Action _left;

    /// <param name="left">Called when the last byte is on its way.</param>
    public RequestBody(ReadOnlyMemory<byte> json, Action left)
    {
        (_json, _left) = (json, left);
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    /// <summary>Whether a connection took any of it.</summary>
    public bool Begun { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Begun = true;
        await stream.WriteAsync(_json, cancellationToken);
        await stream.FlushAsync(cancellationToken);
        _left();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _json.Length;
        return true;
    }
}
