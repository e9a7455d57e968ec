using GptImage2.Generation.Requests;
using GptImage2.Mcp.Callers;

namespace GptImage2.Mcp.Results.Views;

/// <summary>Remembers how each image was last shown in a session, so that a region in pixels of that view means what its reader saw.</summary>
internal sealed class ViewHistory
{
    private readonly SessionMemory<string, DisplayedView> _views = new();

    /// <param name="sha256">Of the image's bytes: it has an id, a path and perhaps copies, and its reader may use any of them.</param>
    public void Remember(CallerSession session, string sha256, DisplayedView view) => _views.Set(session, sha256, view);

    /// <returns>The view that was last shown in the session, or null when none was, or not by this process.</returns>
    public DisplayedView? Find(CallerSession session, string sha256) => _views.TryGet(session, sha256, out var view) ? view : null;
}
