using GptImage2.Imaging.Codecs;
using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace GptImage2.Imaging.Export;

/// <summary>Pictures to print: one a page.</summary>
public static class PdfWriter
{
    /// <summary>Both edges of A4 (ISO 216: 210 x 297 mm), in points of 1/72 inch.</summary>
    private const double ShortEdge = 210 / 25.4 * 72, LongEdge = 297 / 25.4 * 72;

    /// <summary>8 mm: printers reach as far.</summary>
    private const double Margin = 8 / 25.4 * 72;

    /// <summary>Of a picture in pixels: 370 an inch on A4, and more than the longest edge of a board.</summary>
    private const int MaxEdge = 4096;

    /// <summary>Boards have letters, around which colours would run at half as many samples.</summary>
    private static readonly SaveOptions Options = new() { Format = ImageFormat.Jpeg, Quality = 92, FullChroma = true, KeepProfile = false };

    /// <summary>
    /// Writes pages of A4, upright or across as their pictures are, each picture whole and as large as its page allows. Pictures become sRGB, on white.
    /// They are read one at a time, and kept as JPEG until the end. The time and a new id are in the file, so that no two are equal.
    /// </summary>
    /// <param name="pages">One at least, in order.</param>
    /// <param name="title">Of the document, in any script; null or blank for none.</param>
    /// <exception cref="UnreadableImageException">One of them is damaged or too large; nothing has been written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled between pages; nothing has been written.</exception>
    public static void Write(IReadOnlyList<EncodedImage> pages, string? title, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pages);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentOutOfRangeException.ThrowIfZero(pages.Count, nameof(pages));
        using var document = new PdfDocument();

        // PDFsharp 6.2.4 writes compressed streams with a wrong checksum, of which Ghostscript complains. They are a line a page.
        document.Options.CompressContentStreams = false;
        if (!string.IsNullOrWhiteSpace(title))
        {
            document.Info.Title = ToTitle(title);
        }

        foreach (var picture in pages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            AddPage(document, picture);
        }

        // The offsets in a file count from its start, wherever the stream is.
        using var file = new MemoryStream();
        document.Save(file, closeStream: false);
        file.Position = 0;
        file.CopyTo(output);
    }

    private static void AddPage(PdfDocument document, EncodedImage picture)
    {
        using var pixels = Image.OpenThumbnail(picture, MaxEdge);
        var isWide = pixels.Size.Width > pixels.Size.Height;
        var page = document.AddPage();
        page.Width = XUnit.FromPoint(isWide ? LongEdge : ShortEdge);
        page.Height = XUnit.FromPoint(isWide ? ShortEdge : LongEdge);

        var scale = Math.Min((page.Width.Point - (2 * Margin)) / pixels.Size.Width, (page.Height.Point - (2 * Margin)) / pixels.Size.Height);
        var (width, height) = (pixels.Size.Width * scale, pixels.Size.Height * scale);
        using var jpeg = new MemoryStream(pixels.Encode(Options));
        using var image = XImage.FromStream(jpeg);
        using var canvas = XGraphics.FromPdfPage(page);
        canvas.DrawImage(image, (page.Width.Point - width) / 2, (page.Height.Point - height) / 2, width, height);
    }

    /// <summary>PDFsharp 6.2.4 puts a title as it is into the XMP packet, which is XML: what would be a mark there becomes a letter that looks like it.</summary>
    private static string ToTitle(string title)
    {
        var safe = new StringBuilder(title.Length);
        foreach (var rune in title.Trim().EnumerateRunes())
        {
            safe.Append(rune.Value switch
            {
                '&' => "＆",
                '<' => "＜",
                '>' => "＞",
                0xFFFE or 0xFFFF => " ",
                _ => Rune.IsControl(rune) ? " " : rune.ToString(),
            });
        }

        return safe.ToString();
    }
}
