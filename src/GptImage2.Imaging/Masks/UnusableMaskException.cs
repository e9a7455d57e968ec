namespace GptImage2.Imaging.Masks;

/// <summary>A mask picture that cannot be followed safely. The message is "expected … but received …" and what to do, and is safe to show.</summary>
public sealed class UnusableMaskException : Exception
{
    internal UnusableMaskException(string message)
        : base(message)
    {
    }
}
