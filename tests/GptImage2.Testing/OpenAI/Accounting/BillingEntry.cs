using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Testing.OpenAI.Accounting;

/// <summary>One accepted order in the books. Moments are UTC by this machine's clock.</summary>
public sealed class BillingEntry
{
    private readonly Lock _lock = new();
    private readonly List<SentImage> _images = [];
    private readonly Action _tell;

    internal BillingEntry(ImageOrder order, ReceivedRequest request, int number, Action tell) =>
        (Order, Request, Number, ArrivedAt, _tell) = (order, request, number, Now, tell);

    public ImageOrder Order { get; }

    public ReceivedRequest Request { get; }

    /// <summary>Among all requests, from 1.</summary>
    public int Number { get; }

    public DateTimeOffset ArrivedAt { get; }

    /// <summary>What the vendor charges, whether or not anybody is there to take the answer, in millionths of a USD.</summary>
    public long BilledMicroUsd { get; private set; }

    /// <summary>The status of an answer without images; null for one with.</summary>
    public int? ErrorStatus { get; private set; }

    /// <summary>Bytes of the answer that have left.</summary>
    public long Flushed { get; private set; }

    /// <summary>When the answer stood still in the middle, as planned.</summary>
    public DateTimeOffset? StalledAt { get; private set; }

    /// <summary>When the last byte of the answer left.</summary>
    public DateTimeOffset? FullySentAt { get; private set; }

    /// <summary>When the exchange was over, whoever ended it.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>The images of the answer as far as it was written.</summary>
    public IReadOnlyList<SentImage> Images
    {
        get
        {
            lock (_lock)
            {
                return [.. _images];
            }
        }
    }

    internal static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    internal void RecordImages(long billed) => Change(() => BilledMicroUsd = billed);

    internal void RecordError(int status, long billed) => Change(() => (ErrorStatus, BilledMicroUsd) = (status, billed));

    internal void RecordStall() => Change(() => StalledAt = Now);

    internal void RecordFullySent() => Change(() => FullySentAt = Now);

    internal void RecordEnd() => Change(() => EndedAt ??= Now);

    /// <param name="end">Bytes of the answer up to and with the quotation mark that ends the image.</param>
    internal void RecordImageWritten(ReadOnlyMemory<byte> image, long end) =>
        Change(() => _images.Add(new SentImage(new Lazy<string>(() => Convert.ToHexStringLower(SHA256.HashData(image.Span))), end, null)));

    internal void RecordFlushed(long bytes) => Change(() =>
    {
        Flushed = bytes;
        for (var i = 0; i < _images.Count; i++)
        {
            if (_images[i] is { SentAt: null } waiting && waiting.EndOffset <= bytes)
            {
                _images[i] = waiting with { SentAt = Now };
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

/// <summary>An image as it was written into an answer.</summary>
/// <param name="Hash">Its SHA-256, computed when it is asked for, so that measurements of the server do not wait for it.</param>
/// <param name="EndOffset">Bytes of the answer up to its end.</param>
/// <param name="SentAt">When its last byte left; null when it never did.</param>
public sealed record SentImage(Lazy<string> Hash, long EndOffset, DateTimeOffset? SentAt)
{
    /// <summary>Lower-case hexadecimal.</summary>
    public string Sha256 => Hash.Value;
}
