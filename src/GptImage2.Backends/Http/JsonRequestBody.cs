using System.Net.Http.Headers;

namespace GptImage2.Backends.Http;

/// <summary>A request in JSON, which leaves at once.</summary>
internal sealed class JsonRequestBody : TrackedRequestBody
{
    public JsonRequestBody(ReadOnlyMemory<byte> json, Action left)
        : base(left)
    {
        FinalBytes = json;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    protected override ReadOnlyMemory<byte> FinalBytes { get; }

    protected override Task WriteBodyAsync(Stream stream, CancellationToken cancellationToken) => Task.CompletedTask;

    protected override bool TryComputeLength(out long length)
    {
        length = FinalBytes.Length;
        return true;
    }
}
