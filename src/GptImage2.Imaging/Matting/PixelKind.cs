namespace GptImage2.Imaging.Matting;

/// <summary>What a pixel shows.</summary>
[Flags]
internal enum PixelKind : byte
{
    /// <summary>The subject, or a mixture of it with what lies behind.</summary>
    Subject = 1,

    /// <summary>Nothing but backdrop.</summary>
    Backdrop = 2,

    /// <summary>Backdrop seen through something: glass, a shadow.</summary>
    Veil = 4,
}
