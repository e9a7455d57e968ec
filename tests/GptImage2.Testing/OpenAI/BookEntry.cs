using System.Security.Cryptography;

namespace GptImage2.Testing.OpenAI;

/// <summary>One accepted order in the books. Moments are UTC by this machine's clock.</summary>
public sealed class BookEntry
{
    private readonly Lock _lock = new();
    private readonly List<SentPicture> _pictures = [];
    private readonly Action _tell;

    internal BookEntry(Order order, ReceivedRequest request, int number, Action tell) =>
        (Order, Request, Number, Arrived, _tell) = (order, request, number, Now, tell);

    public Order Order { get; }

    public ReceivedRequest Request { get; }

    /// <summary>Among all requests, from 1.</summary>
    public int Number { get; }

    public DateTimeOffset Arrived { get; }

    /// <summary>What the vendor charges, whether or not anybody is there to take the answer, in millionths of a USD.</summary>
    public long Billed { get; private set; }

    /// <summary>The status of an answer without pictures; null for one with.</summary>
    public int? Refused { get; private set; }

    /// <summary>Bytes of the answer that have left.</summary>
    public long Flushed { get; private set; }

    /// <summary>When the answer stood still in the middle, as planned.</summary>
    public DateTimeOffset? Stalled { get; private set; }

    /// <summary>When the last byte of the answer left.</summary>
    public DateTimeOffset? Whole { get; private set; }

    /// <summary>When the exchange was over, whoever ended it.</summary>
    public DateTimeOffset? Over { get; private set; }

    /// <summary>The pictures of the answer as far as it was written.</summary>
    public IReadOnlyList<SentPicture> Pictures
    {
        get
        {
            lock (_lock)
            {
                return [.. _pictures];
            }
        }
    }

    internal static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    internal void Draw(long billed) => Change(() => Billed = billed);

    internal void Refuse(int status, long billed) => Change(() => (Refused, Billed) = (status, billed));

    internal void Stall() => Change(() => Stalled = Now);

    internal void Complete() => Change(() => Whole = Now);

    internal void Finish() => Change(() => Over ??= Now);

    /// <param name="end">Bytes of the answer up to and with the quotation mark that ends the picture.</param>
    internal void Send(ReadOnlyMemory<byte> picture, long end) =>
        Change(() => _pictures.Add(new SentPicture(Convert.ToHexStringLower(SHA256.HashData(picture.Span)), end, null)));

    internal void Flush(long bytes) => Change(() =>
    {
        Flushed = bytes;
        for (var i = 0; i < _pictures.Count; i++)
        {
            if (_pictures[i] is { Left: null } waiting && waiting.End <= bytes)
            {
                _pictures[i] = waiting with { Left = Now };
            }
        }
    });

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
        }

        _tell();
    }
}

/// <summary>A picture as it was written into an answer.</summary>
/// <param name="Sha256">Of its bytes, lower-case hexadecimal.</param>
/// <param name="End">Bytes of the answer up to its end.</param>
/// <param name="Left">When its last byte left; null when it never did.</param>
public sealed record SentPicture(string Sha256, long End, DateTimeOffset? Left);
