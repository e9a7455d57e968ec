using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.Inputs;

/// <summary>Says which image of a file with several is used.</summary>
public static class FrameNotes
{
    /// <returns>By what the header says; null for a still image.</returns>
    public static string? Describe(ImageInfo header) => header switch
    {
        { Frames: <= 1 } => null,
        { Format: ImageFormat.Tiff } => $"it has {header.Frames} pages, of which the first is used.",
        { Format: ImageFormat.Heif or ImageFormat.Avif } => $"it holds {header.Frames} images, of which the main one is used.",
        _ => $"it is animated ({header.Frames} frames); the first frame is used, and what comes of it is a still image.",
    };
}
