using System.Net.Http.Headers;

namespace GptImage2.Backends.Wire;

/// <summary>A request in JSON, which leaves at once.</summary>
internal sealed class JsonBody : RequestBody
{
    public JsonBody(ReadOnlyMemory<byte> json, Action left)
        : base(left)
    {
        End = json;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    protected override ReadOnlyMemory<byte> End { get; }

    protected override Task WriteBeginningAsync(Stream stream, CancellationToken cancellationToken) => Task.CompletedTask;

    protected override bool TryComputeLength(out long length)
    {
        length = End.Length;
        return true;
    }
}
