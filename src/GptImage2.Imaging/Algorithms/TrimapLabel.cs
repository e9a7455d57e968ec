namespace GptImage2.Imaging.Algorithms;

/// <summary>What a pixel shows.</summary>
[Flags]
internal enum TrimapLabel : byte
{
    /// <summary>The subject, or a mixture of it with what lies behind.</summary>
    Unknown = 1,

    /// <summary>Nothing but backdrop.</summary>
    Background = 2,

    /// <summary>Backdrop seen through something: glass, a shadow.</summary>
    Translucent = 4,
}
