namespace GptImage2.Imaging.Matting.Inspection;

/// <summary>What a picture's alpha channel is worth.</summary>
public enum AlphaKind
{
    /// <summary>There is no alpha channel.</summary>
    None,

    /// <summary>There is one, but every pixel is opaque.</summary>
    Opaque,

    /// <summary>Some pixels are really see-through.</summary>
    Transparent,
}
