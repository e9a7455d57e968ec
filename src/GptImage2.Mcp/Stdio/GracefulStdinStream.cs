namespace GptImage2.Mcp.Stdio;

/// <summary>
/// Standard input that holds its end back for a moment. The SDK sends nothing more once the input has ended, although it
/// waits for its handlers; so their answers must leave first, and what takes too long must be told to stop.
/// </summary>
internal sealed class GracefulStdinStream(Stream inner, InFlightRequestCounter messages, Func<Task> ending) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // A console read cannot be cancelled; leaving it behind is all one can do.
        var read = await inner.ReadAsync(buffer, CancellationToken.None).AsTask().WaitAsync(cancellationToken);
        messages.CountLines(buffer.Span[..read]);
        if (read is 0)
        {
            await ending();
        }

        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }
}
