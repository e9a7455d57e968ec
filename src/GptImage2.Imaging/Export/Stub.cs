using GptImage2.Imaging.Codecs;
namespace GptImage2.Imaging.Export;
public static class PdfWriter { public static void Write(IReadOnlyList<EncodedImage> pages, string? title, Stream output, CancellationToken cancellationToken) { } }
