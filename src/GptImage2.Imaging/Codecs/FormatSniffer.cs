namespace GptImage2.Imaging.Codecs;

/// <summary>Detects formats by their magic bytes. File names and declared media types are never trusted.</summary>
public static class FormatSniffer
{
    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The format, or null when the bytes match none we know.</summary>
    /// <param name="head">The first bytes of the image; 64 are enough.</param>
    public static ImageFormat? Detect(ReadOnlySpan<byte> head) => head switch
    {
        _ when head.StartsWith(PngSignature) => ImageFormat.Png,
        [0xFF, 0xD8, 0xFF, ..] => ImageFormat.Jpeg,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => ImageFormat.Webp,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => ImageFormat.Gif,
        [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => ImageFormat.Tiff,
        _ when DetectHeifBrand(head) is { } brand => brand is "avif" or "avis" ? ImageFormat.Avif : ImageFormat.Heif,
        _ => null,
    };

    /// <summary>The major brand of a HEIF file, for example "avif" or "heic"; null for anything else.</summary>
    internal static string? DetectHeifBrand(ReadOnlySpan<byte> head)
    {
        if (head.Length < 12 || !head[4..8].SequenceEqual("ftyp"u8))
        {
            return null;
        }

        var brand = System.Text.Encoding.ASCII.GetString(head[8..12]);
        return brand is "avif" or "avis" or "heic" or "heix" or "heim" or "heis" or "hevc" or "hevx" or "mif1" or "msf1" ? brand : null;
    }

    /// <summary>What the bytes seem to be instead of an image, in words for an error message.</summary>
    public static string Describe(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty)
        {
            return "no bytes at all";
        }

        var text = System.Text.Encoding.Latin1.GetString(head).TrimStart('\u00EF', '\u00BB', '\u00BF').TrimStart();
        return text switch
        {
            _ when text.StartsWith("%PDF", StringComparison.Ordinal) => "a PDF",
            _ when text.Contains("<svg", StringComparison.OrdinalIgnoreCase) => "an SVG",
            _ when text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) => "an HTML page",
            _ when text.StartsWith("<html", StringComparison.OrdinalIgnoreCase) => "an HTML page",
            _ when text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) => "an XML file",
            _ when text.StartsWith("data:", StringComparison.OrdinalIgnoreCase) => "the text of a data: URI",
            _ when text.StartsWith('{') => "JSON",
            _ when text.StartsWith("BM", StringComparison.Ordinal) => "a BMP",
            _ when head.Length > 11 && head[4..8].SequenceEqual("ftyp"u8) => "a video or another ISO media file",
            _ => "bytes of another kind",
        };
    }
}
