namespace GptImage2.Imaging.Codecs;

/// <summary>What an image's header says.</summary>
public sealed record ImageInfo
{
    public required ImageFormat Format { get; init; }

    /// <summary>As a viewer shows it: with <see cref="Orientation"/> applied.</summary>
    public required Dimensions Size { get; init; }

    /// <summary>EXIF orientation, 1 (upright) to 8.</summary>
    public required int Orientation { get; init; }

    /// <summary>Whether there is an alpha channel, not whether any pixel uses it.</summary>
    public required bool HasAlpha { get; init; }

    /// <summary>Frames of an animation, or pages; 1 for a still image.</summary>
    public required int Frames { get; init; }

    /// <summary>8 or 16, or 32 for floating point, as decoded.</summary>
    public required int BitsPerChannel { get; init; }

    public required ColourSpace ColourSpace { get; init; }

    public required bool HasProfile { get; init; }

    /// <summary>Whether the file stores few colours and numbers for them.</summary>
    public bool HasPalette { get; init; }
}
