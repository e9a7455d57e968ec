namespace GptImage2.Mcp.Http.Streaming;

/// <summary>
/// A response body of server-sent events that is never silent for long: between two events it sends a comment, which clients
/// ignore (HTML Standard, server-sent events, 9.2.6 and 9.2.7) and proxies count as life. Other bodies pass unchanged.
/// </summary>
/// <param name="isEventStream">Whether the response turned out to be one.</param>
internal sealed class KeepAliveStream(Stream body, Func<bool> isEventStream, TimeProvider clock) : Stream
{
    private static readonly ReadOnlyMemory<byte> Comment = ": waiting\n\n"u8.ToArray();

    private readonly SemaphoreSlim _writing = new(1, 1);
    private long _lastWrite = clock.GetTimestamp();
    private bool _isBetweenEvents = true;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Sends comments until it is cancelled.</summary>
    /// <param name="first">How long the client may wait for the first byte.</param>
    /// <param name="interval">Longest silence after that.</param>
    public async Task RunAsync(TimeSpan first, TimeSpan interval, CancellationToken cancellationToken)
    {
        var wait = first;
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(wait, clock, cancellationToken);
            var silent = clock.GetElapsedTime(Volatile.Read(ref _lastWrite));
            if (silent >= wait)
            {
                await TrySendCommentAsync(cancellationToken);
                (wait, silent) = (interval, TimeSpan.Zero);
            }

            wait = interval - silent;
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await body.WriteAsync(buffer, cancellationToken);
            _isBetweenEvents = buffer.IsEmpty ? _isBetweenEvents : buffer.Span.EndsWith("\n\n"u8);
            Volatile.Write(ref _lastWrite, clock.GetTimestamp());
        }
        finally
        {
            _writing.Release();
        }
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await body.FlushAsync(cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Responses are written asynchronously.");

    public override void Flush() => throw new NotSupportedException("Responses are written asynchronously.");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _writing.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task TrySendCommentAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (_isBetweenEvents && isEventStream())
            {
                await body.WriteAsync(Comment, cancellationToken);
                await body.FlushAsync(cancellationToken);
                Volatile.Write(ref _lastWrite, clock.GetTimestamp());
            }
        }
        finally
        {
            _writing.Release();
        }
    }
}
