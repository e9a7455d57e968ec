namespace GptImage2.Imaging.Masks;

/// <summary>How a mask picture says what changes.</summary>
public enum MaskKind
{
    /// <summary>By its alpha channel: what is transparent changes.</summary>
    Alpha,

    /// <summary>By its brightness: what is white changes.</summary>
    BlackAndWhite,
}
