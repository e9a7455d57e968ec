using GptImage2.Generation.Planning;
using GptImage2.Generation.Rendering;
using GptImage2.Mcp.Callers;

namespace GptImage2.Mcp.Results.Notes;

/// <summary>Remembers which general warnings a session has been given, so that it reads each once.</summary>
internal sealed class NoteHistory(BackendRegistry backends)
{
    private readonly SessionMemory<string, bool> _given = new();

    /// <summary>The warnings without those about the model that the session has been given before.</summary>
    public IReadOnlyList<string> TakeNew(CallerSession session, string backend, string model, IEnumerable<string> warnings)
    {
        var profile = backends.GetProfile(backend, model);
        return [.. warnings.Where(warning => !GeneralNotes.Contains(profile, warning) || _given.Set(session, warning, true))];
    }
}
