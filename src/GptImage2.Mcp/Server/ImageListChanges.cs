using GptImage2.Generation.PostProcessing;
using GptImage2.Generation.Requests;

namespace GptImage2.Mcp.Server;

/// <summary>
/// Announces changes of the local user's image list through the SDK: a collection that stays empty and is said to have changed.
/// Every server listens to this one as long as it lives, so no set of options holds a subscription of its own. Other owners'
/// changes must not be announced through it: the collection does not know who listens.
/// </summary>
internal sealed class ImageListChanges : IDisposable
{
    private readonly ImageStoreEvents _events;

    public ImageListChanges(ImageStoreEvents events)
    {
        _events = events;
        _events.ImagesChanged += Announce;
    }

    public McpServerResourceCollection Resources { get; } = [];

    public void Dispose() => _events.ImagesChanged -= Announce;

    private void Announce(string owner)
    {
        if (owner == Caller.Local.Owner)
        {
            Resources.Clear();
        }
    }
}
