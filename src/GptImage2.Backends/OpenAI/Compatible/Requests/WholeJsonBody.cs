using System.Net.Http.Headers;
using GptImage2.Backends.Http;

namespace GptImage2.Backends.OpenAI.Compatible.Requests;

/// <summary>A request in JSON that may hold images, so that it can be cut off on its way: without its last byte it is no JSON.</summary>
internal sealed class WholeJsonBody : TrackedRequestBody
{
    private readonly ReadOnlyMemory<byte> _json;

    public WholeJsonBody(ReadOnlyMemory<byte> json, Action onSent)
        : base(onSent)
    {
        _json = json;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    protected override ReadOnlyMemory<byte> FinalBytes => _json[^1..];

    protected override Task WriteBodyAsync(Stream stream, CancellationToken cancellationToken) => stream.WriteAsync(_json[..^1], cancellationToken).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = _json.Length;
        return true;
    }
}
