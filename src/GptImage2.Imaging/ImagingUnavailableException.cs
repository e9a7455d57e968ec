namespace GptImage2.Imaging;

/// <summary>This machine has no libvips that can be loaded. The message says what to install.</summary>
public sealed class ImagingUnavailableException : Exception
{
    internal ImagingUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
