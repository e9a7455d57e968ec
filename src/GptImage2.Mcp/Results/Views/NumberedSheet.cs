using GptImage2.Generation.Requests;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Previews;
using GptImage2.Mcp.Callers;

namespace GptImage2.Mcp.Results.Views;

/// <summary>Shows several images as one: each under its number.</summary>
internal sealed class NumberedSheet(ViewHistory views)
{
    /// <param name="maxEdge">Longest edge of the sheet in pixels.</param>
    /// <param name="maxBytes">Largest encoded size.</param>
    /// <exception cref="UnreadableImageException">One of them is damaged; the text names its number.</exception>
    public EncodedPreview Create(CallerSession session, IReadOnlyList<SheetImage> images, int maxEdge, int maxBytes)
    {
        var sheet = ContactSheet.Create([.. images.Select(image => image.Image)], maxEdge, maxBytes, [.. images.Select(image => image.Number)]);
        foreach (var image in images)
        {
            views.Remember(session, image.Sha256, DisplayedView.OnSheet(image.Size));
        }

        return sheet;
    }
}

/// <summary>An image on a sheet.</summary>
/// <param name="Size">Of the image itself, in pixels.</param>
/// <param name="Sha256">Of its bytes.</param>
internal sealed record SheetImage(int Number, EncodedImage Image, Dimensions Size, string Sha256);
