using System.Net;
using System.Net.Http.Headers;

namespace GptImage2.Backends.Http;

/// <summary>A request body that tracks whether it has left: until its end has, the service has no complete request and nothing can have been billed.</summary>
/// <param name="onSent">Called when the last byte is on its way, or may be.</param>
internal abstract class TrackedRequestBody(Action onSent) : HttpContent
{
    /// <summary>Whether a connection took any of it.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>Whether the service may have all of it.</summary>
    public bool IsSent { get; private set; }

    /// <summary>Why it could not be read to its end, if that is what stopped it.</summary>
    public UnreadableInputException? ReadError { get; private set; }

    /// <summary>The last bytes: a request without them is incomplete.</summary>
    protected abstract ReadOnlyMemory<byte> FinalBytes { get; }

    /// <summary>Writes everything but the end, once for each attempt to send.</summary>
    /// <exception cref="UnreadableInputException">A file of the request cannot be read.</exception>
    protected abstract Task WriteBodyAsync(Stream stream, CancellationToken cancellationToken);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        HasStarted = true;
        try
        {
            await WriteBodyAsync(stream, cancellationToken);
        }
        catch (UnreadableInputException e)
        {
            // HttpClient may wrap what is thrown from here, or fail with an exception of its own.
            ReadError = e;
            throw;
        }

        IsSent = true;
        try
        {
            await stream.WriteAsync(FinalBytes, cancellationToken);
            await stream.FlushAsync(cancellationToken);
        }
        finally
        {
            onSent();
        }
    }
}

/// <summary>A request in JSON, sent in one piece.</summary>
internal sealed class JsonRequestBody : TrackedRequestBody
{
    public JsonRequestBody(ReadOnlyMemory<byte> json, Action onSent)
        : base(onSent)
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
