using System.Collections.Concurrent;
using GptImage2.Generation.Requests;

namespace GptImage2.Mcp.Results;

/// <summary>Remembers how each picture was last shown, so that a region in pixels of that view means what its reader saw.</summary>
internal sealed class ViewHistory
{
    /// <summary>Far more pictures than a conversation is about.</summary>
    private const int MaxEntries = 1000;

    private readonly ConcurrentDictionary<string, DisplayedView> _views = new(StringComparer.Ordinal);

    /// <param name="sha256">Of the picture's bytes: it has an id, a path and perhaps copies, and its reader may use any of them.</param>
    public void Remember(string sha256, DisplayedView view)
    {
        if (_views.Count >= MaxEntries)
        {
            _views.Clear();
        }

        _views[sha256] = view;
    }

    /// <returns>The view that was last shown, or null when none was, or not by this process.</returns>
    public DisplayedView? Find(string sha256) => _views.GetValueOrDefault(sha256);
}
