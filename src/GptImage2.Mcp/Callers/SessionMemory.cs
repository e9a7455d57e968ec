using System.Diagnostics.CodeAnalysis;

namespace GptImage2.Mcp.Callers;

/// <summary>
/// What is remembered of each session, and forgotten where it is too much: a session's own oldest entries, an owner's own
/// sessions. Only more owners than a server ever has could make each other forget, and nobody can make up an owner.
/// </summary>
internal sealed class SessionMemory<TKey, TValue>
    where TKey : notnull
{
    private const int MaxOwners = 10_000;

    /// <summary>Sessions of one owner that are in use at once, and some more.</summary>
    private const int MaxSessions = 256;

    /// <summary>More than a conversation is about.</summary>
    private const int MaxEntries = 1_000;

    private readonly Lock _gate = new();
    private readonly RecentEntries<string, RecentEntries<string, RecentEntries<TKey, TValue>>> _owners = new(MaxOwners);

    public bool TryGet(CallerSession session, TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_gate)
        {
            value = default;
            return _owners.TryGet(session.Caller.Owner, out var sessions) && sessions.TryGet(session.Id, out var entries) && entries.TryGet(key, out value);
        }
    }

    /// <returns>Whether nothing was remembered under the key before.</returns>
    public bool Set(CallerSession session, TKey key, TValue value)
    {
        lock (_gate)
        {
            var entries = GetEntries(session);
            var isNew = !entries.TryGet(key, out _);
            entries.Set(key, value);
            return isNew;
        }
    }

    private RecentEntries<TKey, TValue> GetEntries(CallerSession session)
    {
        if (!_owners.TryGet(session.Caller.Owner, out var sessions))
        {
            _owners.Set(session.Caller.Owner, sessions = new(MaxSessions));
        }

        if (!sessions.TryGet(session.Id, out var entries))
        {
            sessions.Set(session.Id, entries = new(MaxEntries));
        }

        return entries;
    }
}
