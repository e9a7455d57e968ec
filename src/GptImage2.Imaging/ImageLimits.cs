namespace GptImage2.Imaging;

/// <summary>What an image may claim to be; checked from its header, before any pixel is decoded.</summary>
public sealed record ImageLimits
{
    public static ImageLimits Default { get; } = new();

    /// <summary>Width times height of one frame.</summary>
    public long MaxPixels { get; init; } = 200_000_000;

    /// <summary>Size of the encoded image in bytes.</summary>
    public long MaxBytes { get; init; } = 512L << 20;

    /// <summary>Frames of an animation, or pages.</summary>
    public int MaxFrames { get; init; } = 4096;
}
