namespace GptImage2.Imaging.Matting;

/// <summary>Why a subject cannot be cut out.</summary>
public enum BackgroundRemovalError
{
    /// <summary>The backdrop is a texture, a strong gradient or a scene.</summary>
    NonUniformBackground,

    /// <summary>The subject is hardly different from the backdrop.</summary>
    LowContrast,

    /// <summary>Nothing but backdrop.</summary>
    NoForeground,

    /// <summary>The picture is cut out already.</summary>
    AlreadyTransparent,

    /// <summary>More pixels than are worked on.</summary>
    TooLarge,

    /// <summary>The backdrop is a painted checkerboard.</summary>
    Checkerboard,
}
