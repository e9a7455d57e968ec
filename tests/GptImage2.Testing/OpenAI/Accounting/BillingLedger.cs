using System.Collections.Concurrent;
using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Testing.OpenAI.Accounting;

/// <summary>The vendor's side of the account: every order that was accepted, what it is billed at, and how far its answer came.</summary>
public sealed class BillingLedger
{
    private readonly ConcurrentQueue<BillingEntry> _entries = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>In order of arrival.</summary>
    public IReadOnlyList<BillingEntry> Entries => [.. _entries];

    /// <summary>In millionths of a USD.</summary>
    public long BilledMicroUsd => _entries.Sum(entry => entry.BilledMicroUsd);

    /// <summary>Ends as soon as some entry fits.</summary>
    /// <exception cref="OperationCanceledException">None did in time.</exception>
    public async Task<BillingEntry> FirstAsync(Func<BillingEntry, bool> fits, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                changed = _changed.Task;
            }

            if (_entries.FirstOrDefault(fits) is { } found)
            {
                return found;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    internal BillingEntry Add(ImageOrder order, ReceivedRequest request, int number)
    {
        var entry = new BillingEntry(order, request, number, SignalChange);
        _entries.Enqueue(entry);
        SignalChange();
        return entry;
    }

    private void SignalChange()
    {
        TaskCompletionSource signal;
        lock (_lock)
        {
            signal = _changed;
            _changed = NewSignal();
        }

        signal.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
