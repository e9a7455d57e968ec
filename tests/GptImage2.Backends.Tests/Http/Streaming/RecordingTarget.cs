using GptImage2.Backends.Http.Streaming;

namespace GptImage2.Backends.Tests.Http.Streaming;

/// <summary>Keeps decoded values, and how much was asked of it.</summary>
internal sealed class RecordingTarget : IBase64Target
{
    private readonly ArrayBufferWriter<byte> _open = new();

    public List<byte[]> Values { get; } = [];

    public int Begun { get; private set; }

    public int LargestWrite { get; private set; }

    public void Begin(ReadOnlySpan<byte> before)
    {
        Begun++;
        _open.ResetWrittenCount();
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> decoded, CancellationToken cancellationToken)
    {
        LargestWrite = Math.Max(LargestWrite, decoded.Length);
        _open.Write(decoded.Span);
        return ValueTask.CompletedTask;
    }

    public ValueTask EndAsync(CancellationToken cancellationToken)
    {
        Values.Add(_open.WrittenSpan.ToArray());
        return ValueTask.CompletedTask;
    }
}
