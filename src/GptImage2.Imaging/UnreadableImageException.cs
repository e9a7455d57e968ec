namespace GptImage2.Imaging;

/// <summary>An image that cannot be read. The message is "expected … but received …", holds no path, and is safe to show.</summary>
public sealed class UnreadableImageException : Exception
{
    internal UnreadableImageException(ImageReadError problem, string message, Exception? inner = null)
        : base(message, inner) => Error = problem;

    public ImageReadError Error { get; }
}
