using GptImage2.Imaging.Matting.Inspection;

namespace GptImage2.Imaging.Matting;

/// <summary>A subject that cannot be cut out well. The message is "expected … but received …", holds no path, and is safe to show.</summary>
public sealed class BackgroundRemovalException : Exception
{
    internal BackgroundRemovalException(BackgroundRemovalError reason, string message, BackgroundReport? backdrop = null)
        : base(message) => (Error, Background) = (reason, backdrop);

    public BackgroundRemovalError Error { get; }

    /// <summary>What was measured; null where the picture was not looked at.</summary>
    public BackgroundReport? Background { get; }
}
