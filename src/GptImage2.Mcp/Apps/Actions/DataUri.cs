using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Previews;

namespace GptImage2.Mcp.Apps.Actions;

/// <summary>Pictures as the page can show them under the strictest policy: in the text itself (RFC 2397).</summary>
internal static class DataUri
{
    /// <summary>What some hosts pass on of a call's result at most, in characters.</summary>
    private const int MaxLength = 512 << 10;

    /// <summary>The most that an image in such a text may have: base64 makes 4 characters of 3 bytes, and what stands before them takes some.</summary>
    public const int MaxBytes = (MaxLength - 64) / 4 * 3;

    public static string Create(EncodedPreview picture) => Create(picture.Bytes.Span, picture.Format);

    public static string Create(ReadOnlySpan<byte> bytes, ImageFormat format) => $"data:{format.MediaType};base64,{Convert.ToBase64String(bytes)}";

    /// <summary>A small picture of an image, transparent where that is.</summary>
    /// <exception cref="UnreadableImageException">It is damaged.</exception>
    public static string CreatePreview(EncodedImage image, int edge, int maxBytes = MaxBytes) => Create(PreviewGenerator.Create(image, new PreviewOptions { MaxEdge = edge, MaxBytes = maxBytes }));
}
