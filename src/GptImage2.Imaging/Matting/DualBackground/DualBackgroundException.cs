namespace GptImage2.Imaging.Matting.DualBackground;

/// <summary>Why two pictures do not tell what is see-through.</summary>
public enum DualBackgroundError
{
    /// <summary>They have different sizes.</summary>
    DifferentSizes,

    /// <summary>More pixels than can be processed.</summary>
    TooLarge,

    /// <summary>Their borders do not show one plain light and one plain dark backdrop.</summary>
    NoBackdrops,

    /// <summary>They show different things, or the same thing in other places.</summary>
    Disagreement,

    /// <summary>There is nothing but backdrop.</summary>
    NoSubject,
}

/// <summary>A pair that alpha cannot be solved from. The message says what was measured, contains no path, and is safe to show.</summary>
public sealed class DualBackgroundException : Exception
{
    internal DualBackgroundException(DualBackgroundError error, string message)
        : base(message) => Error = error;

    public DualBackgroundError Error { get; }
}
