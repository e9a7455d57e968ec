using GptImage2.Imaging.Codecs;
namespace GptImage2.Imaging.Export;
public static class PdfWriter { public static void Write(IReadOnlyList<EncodedImage> pages, string? title, Stream output, CancellationToken cancellationToken) { } }
public static class AnimatedWebp { public static void Write(IReadOnlyList<(EncodedImage Image, TimeSpan Duration)> frames, Dimensions size, Stream output, CancellationToken cancellationToken) { } }
