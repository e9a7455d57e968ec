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
    private bool _hasBegun;
    private bool _endsWithLineFeed;
    private bool _isBetweenEvents = true;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Sends comments until there is no more to come.</summary>
    /// <param name="first">How long the client may wait for the first byte; also how soon a comment is tried again that could not be sent.</param>
    /// <param name="interval">Longest silence after that.</param>
    /// <param name="ended">Triggered when the response is complete.</param>
    /// <param name="aborted">Triggered when nobody reads any more.</param>
    public async Task RunAsync(TimeSpan first, TimeSpan interval, CancellationToken ended, CancellationToken aborted)
    {
        var wait = first;
        while (!ended.IsCancellationRequested)
        {
            await Task.Delay(wait, clock, ended);
            var left = (_hasBegun ? interval : first) - clock.GetElapsedTime(Volatile.Read(ref _lastWrite));
            wait = left > TimeSpan.Zero ? left : await TrySendCommentAsync(aborted) ? interval : first;
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (!buffer.IsEmpty)
            {
                // What fails half-way ends in the middle of an event.
                var isEnd = buffer.Span.EndsWith("\n\n"u8) || (_endsWithLineFeed && buffer.Span is [(byte)'\n']);
                (_hasBegun, _isBetweenEvents) = (true, false);
                await body.WriteAsync(buffer, cancellationToken);
                (_isBetweenEvents, _endsWithLineFeed) = (isEnd, buffer.Span is [.., (byte)'\n']);
                Volatile.Write(ref _lastWrite, clock.GetTimestamp());
            }
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

    /// <returns>False in the middle of an event, and where this is no event stream, or not yet.</returns>
    private async Task<bool> TrySendCommentAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (!_isBetweenEvents || !isEventStream())
            {
                return false;
            }

            await body.WriteAsync(Comment, cancellationToken);
            await body.FlushAsync(cancellationToken);
            _hasBegun = true;
            Volatile.Write(ref _lastWrite, clock.GetTimestamp());
            return true;
        }
        finally
        {
            _writing.Release();
        }
    }
}
