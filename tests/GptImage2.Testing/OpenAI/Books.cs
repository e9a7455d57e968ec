using System.Collections.Concurrent;

namespace GptImage2.Testing.OpenAI;

/// <summary>The vendor's side of the account: every order that was accepted, what it is billed at, and how far its answer came.</summary>
public sealed class Books
{
    private readonly ConcurrentQueue<BookEntry> _entries = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>In order of arrival.</summary>
    public IReadOnlyList<BookEntry> Entries => [.. _entries];

    /// <summary>In millionths of a USD.</summary>
    public long Billed => _entries.Sum(entry => entry.Billed);

    /// <summary>Ends as soon as some entry fits.</summary>
    /// <exception cref="OperationCanceledException">None did in time.</exception>
    public async Task<BookEntry> FirstAsync(Func<BookEntry, bool> fits, CancellationToken cancellationToken)
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

    internal BookEntry Open(Order order, ReceivedRequest request, int number)
    {
        var entry = new BookEntry(order, request, number, Tell);
        _entries.Enqueue(entry);
        Tell();
        return entry;
    }

    private void Tell()
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
