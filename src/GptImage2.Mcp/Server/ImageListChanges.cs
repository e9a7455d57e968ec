using GptImage2.Generation.PostProcessing;

namespace GptImage2.Mcp.Server;

/// <summary>
/// Announces changes of the image list through the SDK: a collection that stays empty and is said to have changed. Every
/// server listens to this one as long as it lives, so no set of options holds a subscription of its own.
/// </summary>
internal sealed class ImageListChanges : IDisposable
{
    private readonly ImageStoreEvents _events;

    public ImageListChanges(ImageStoreEvents events)
    {
        _events = events;
        _events.ImagesChanged += Resources.Clear;
    }

    public McpServerResourceCollection Resources { get; } = [];

    public void Dispose() => _events.ImagesChanged -= Resources.Clear;
}
