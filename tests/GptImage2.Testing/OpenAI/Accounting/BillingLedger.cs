using GptImage2.Testing.OpenAI.Requests;
using GptImage2.Testing.Time;

namespace GptImage2.Testing.OpenAI.Accounting;

/// <summary>The vendor's side of the account: every order that was accepted, what it is billed at, and how far its answer came.</summary>
public sealed class BillingLedger
{
    private readonly ConcurrentQueue<BillingEntry> _entries = new();
    private readonly ChangeSignal _changed = new();

    /// <summary>In order of arrival.</summary>
    public IReadOnlyList<BillingEntry> Entries => [.. _entries];

    /// <summary>In millionths of a USD.</summary>
    public long BilledMicroUsd => _entries.Sum(entry => entry.BilledMicroUsd);

    /// <summary>Ends as soon as some entry fits.</summary>
    /// <exception cref="OperationCanceledException">None did in time.</exception>
    public async Task<BillingEntry> FirstAsync(Func<BillingEntry, bool> fits, CancellationToken cancellationToken)
    {
        BillingEntry? found = null;
        await _changed.WaitUntilAsync(() => (found = _entries.FirstOrDefault(fits)) is not null, cancellationToken);
        return found!;
    }

    internal BillingEntry Add(ImageOrder order, ReceivedRequest request, int number)
    {
        var entry = new BillingEntry(order, request, number, _changed.Raise);
        _entries.Enqueue(entry);
        _changed.Raise();
        return entry;
    }
}
