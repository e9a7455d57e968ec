namespace GptImage2.Imaging.Algorithms;

/// <summary>The class of a pixel in a trimap.</summary>
[Flags]
internal enum TrimapLabel : byte
{
    /// <summary>The subject, or a mixture of it with the background.</summary>
    Unknown = 1,

    /// <summary>Background only.</summary>
    Background = 2,

    /// <summary>Background seen through glass, smoke or a shadow.</summary>
    Translucent = 4,

    /// <summary>Of the background's colour, but not connected with it: a hole, or a part of the subject.</summary>
    Enclosed = 8,
}
