namespace GptImage2.Generation.PostProcessing;

/// <summary>News for whoever is alive to hear it. It holds nobody: listeners come and go.</summary>
public sealed class ImageStoreEvents
{
    /// <summary>The list of images has changed.</summary>
    public event Action? ImagesChanged;

    internal void RaiseImagesChanged() => ImagesChanged?.Invoke();
}
