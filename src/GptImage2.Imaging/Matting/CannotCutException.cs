namespace GptImage2.Imaging.Matting;

/// <summary>A subject that cannot be cut out well. The message is "expected … but received …", holds no path, and is safe to show.</summary>
public sealed class CannotCutException : Exception
{
    internal CannotCutException(CutProblem reason, string message, BackdropReport? backdrop = null)
        : base(message) => (Reason, Backdrop) = (reason, backdrop);

    public CutProblem Reason { get; }

    /// <summary>What was measured; null where the picture was not looked at.</summary>
    public BackdropReport? Backdrop { get; }
}
