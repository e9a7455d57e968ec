using GptImage2.Generation.Planning;
using GptImage2.Mcp.Callers;

namespace GptImage2.Mcp.Results.Notes;

/// <summary>Remembers which general warnings a session has been given, so that it reads each once.</summary>
internal sealed class NoteHistory
{
    /// <summary>Far more than all conversations of a process are given.</summary>
    private const int MaxEntries = 10_000;

    private readonly ConcurrentDictionary<(string Session, string Note), bool> _given = new();

    /// <summary>The warnings without those about the model that the session has been given before.</summary>
    public IReadOnlyList<string> TakeNew(CallerSession session, string model, IEnumerable<string> warnings) =>
        [.. warnings.Where(warning => !GeneralNotes.Contains(model, warning) || IsFirst(session, warning))];

    private bool IsFirst(CallerSession session, string note)
    {
        if (_given.Count >= MaxEntries)
        {
            _given.Clear();
        }

        return _given.TryAdd((session.Id, note), true);
    }
}
