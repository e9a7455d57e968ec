using System.Net;

namespace GptImage2.Backends.Http;

/// <summary>A request's body that knows whether it has left: until its end has, the service has no whole request and nothing can have been billed.</summary>
/// <param name="left">Called when the last byte is on its way, or may be.</param>
internal abstract class TrackedRequestBody(Action left) : HttpContent
{
    /// <summary>Whether a connection took any of it.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>Whether the service may have all of it.</summary>
    public bool IsSent { get; private set; }

    /// <summary>Why it could not be read to its end, if that is what stopped it.</summary>
    public UnreadableInputException? ReadError { get; private set; }

    /// <summary>Writes everything but the end. Called anew for each attempt to send.</summary>
    /// <exception cref="UnreadableInputException">Something that belongs into the request cannot be read.</exception>
    protected abstract Task WriteBodyAsync(Stream stream, CancellationToken cancellationToken);

    /// <summary>Without these last bytes the request is none.</summary>
    protected abstract ReadOnlyMemory<byte> FinalBytes { get; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        HasStarted = true;
        await WriteBodyOrNoteErrorAsync(stream, cancellationToken);
        IsSent = true;
        try
        {
            await stream.WriteAsync(FinalBytes, cancellationToken);
            await stream.FlushAsync(cancellationToken);
        }
        finally
        {
            left();
        }
    }

    private async Task WriteBodyOrNoteErrorAsync(Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            await WriteBodyAsync(stream, cancellationToken);
        }
        catch (UnreadableInputException e)
        {
            // HttpClient may wrap what is thrown from here, or break off with an exception of its own.
            ReadError = e;
            throw;
        }
    }
}
