namespace GptImage2.Generation.PostProcessing;

/// <summary>Raised when the set of delivered images changes. A class of its own, so that listening needs no store.</summary>
public sealed class ImageStoreEvents
{
    public event Action? ImagesChanged;

    internal void RaiseImagesChanged() => ImagesChanged?.Invoke();
}
