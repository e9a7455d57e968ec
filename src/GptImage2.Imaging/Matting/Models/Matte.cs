namespace GptImage2.Imaging.Matting.Models;

/// <summary>What a model takes for the subject of an image, over the whole of it, at the model's own size.</summary>
/// <param name="Alpha">One byte a pixel, row by row: 255 subject, 0 background.</param>
public sealed record Matte(Dimensions Size, byte[] Alpha)
{
    /// <summary>Of the subject, the share in areas that only one of two looks found, 0 to 1; 0 where there was one look only.</summary>
    public double DisputedShare { get; init; }
}
