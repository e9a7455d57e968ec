using GptImage2.Imaging.Previews;

namespace GptImage2.Generation.Requests;

/// <summary>What a caller was shown of an image.</summary>
/// <param name="Area">Which part, in pixels of the upright original.</param>
/// <param name="Size">How large it was shown, in pixels.</param>
public sealed record DisplayedView(PixelArea Area, Dimensions Size)
{
    /// <summary>A preview of the whole image, as results show it.</summary>
    public static DisplayedView ForWholeImage(Dimensions original)
    {
        var scale = Math.Min(1, (double)PreviewOptions.DefaultMaxEdge / Math.Max(original.Width, original.Height));
        return new DisplayedView(
            new PixelArea(0, 0, original),
            new Dimensions(Math.Max(1, (int)Math.Round(original.Width * scale)), Math.Max(1, (int)Math.Round(original.Height * scale))));
    }
}
