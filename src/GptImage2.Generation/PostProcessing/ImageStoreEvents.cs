namespace GptImage2.Generation.PostProcessing;

/// <summary>Raised when the set of delivered images changes.</summary>
public sealed class ImageStoreEvents
{
    public event Action? ImagesChanged;

    internal void RaiseImagesChanged() => ImagesChanged?.Invoke();
}
