namespace GptImage2.Generation.PostProcessing;

/// <summary>Raised when the set of delivered images changes. A class of its own, so that listening needs no store.</summary>
public sealed class ImageStoreEvents
{
    /// <summary>Receives the owner whose images have changed. Handlers must be quick: a job waits for them.</summary>
    public event Action<string>? ImagesChanged;

    internal void RaiseImagesChanged(string owner) => ImagesChanged?.Invoke(owner);
}
