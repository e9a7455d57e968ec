namespace GptImage2.Imaging;

/// <summary>An image that cannot be read. The message is "expected … but received …", holds no path, and is safe to show.</summary>
public sealed class UnreadableImageException : Exception
{
    internal UnreadableImageException(ImageProblem problem, string message, Exception? inner = null)
        : base(message, inner) => Problem = problem;

    public ImageProblem Problem { get; }
}
