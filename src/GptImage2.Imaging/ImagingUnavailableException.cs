namespace GptImage2.Imaging;

/// <summary>No libvips can be loaded on this machine. The message says what to install.</summary>
public sealed class ImagingUnavailableException : Exception
{
    internal ImagingUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
