namespace GptImage2.Imaging.Codecs;

/// <summary>In which order a picture's pixels will be used.</summary>
public enum PixelAccess
{
    /// <summary>Any order, any number of times: the whole image is decoded into memory (beyond 100 MB into a temporary file).</summary>
    Random,

    /// <summary>Once, from top to bottom: the image streams through in little memory. A second use fails.</summary>
    Sequential,
}
