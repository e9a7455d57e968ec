using GptImage2.Generation.PostProcessing;
using Microsoft.AspNetCore.Http;

namespace GptImage2.Mcp.Http.Sessions;

/// <summary>Announces changes of one principal's image list to one session, as long as that lives.</summary>
internal sealed class SessionResources : IDisposable
{
    private static readonly object Item = new();

    /// <summary>Without a session nothing is announced; that it can be, by subscriptions/listen, is said all the same.</summary>
    private static readonly McpServerResourceCollection Unchanging = [];

    private readonly ImageStoreEvents _events;
    private readonly string _owner;

    private SessionResources(ImageStoreEvents events, string owner)
    {
        (_events, _owner) = (events, owner);
        _events.ImagesChanged += Announce;
    }

    /// <summary>Stays empty and is said to have changed: the SDK announces that.</summary>
    private McpServerResourceCollection Collection { get; } = [];

    /// <summary>Made with the session's options, and taken by who runs the session. The SDK has named the session by then.</summary>
    /// <returns>What the SDK listens to.</returns>
    public static McpServerResourceCollection Create(HttpContext context, ImageStoreEvents events)
    {
        if (!context.Response.Headers.ContainsKey(PrincipalSessions.Header))
        {
            return Unchanging;
        }

        var resources = new SessionResources(events, Principal.GetOwner(context.User));
        context.Items[Item] = resources;
        return resources.Collection;
    }

    /// <returns>Those of the session that begins with this request, or null where none does.</returns>
    public static SessionResources? Take(HttpContext context) => context.Items.Remove(Item, out var found) ? found as SessionResources : null;

    public void Dispose() => _events.ImagesChanged -= Announce;

    private void Announce(string owner)
    {
        if (owner == _owner)
        {
            Collection.Clear();
        }
    }
}
