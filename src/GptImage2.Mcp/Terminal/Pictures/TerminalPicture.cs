using GptImage2.Imaging.Codecs;

namespace GptImage2.Mcp.Terminal.Pictures;

/// <summary>Writes a small copy of an image into a terminal.</summary>
internal static class TerminalPicture
{
    /// <summary>Longest edge in pixels: half of a usual window.</summary>
    private const int MaxEdge = 480;

    /// <summary>Edge in pixels of the checkerboard that shows transparency where a terminal knows none.</summary>
    private const int Square = 8;

    /// <summary>Of base64 in one of Kitty's commands.</summary>
    private const int KittyChunk = 4096;

    private const string Escape = "\e";

    /// <exception cref="UnreadableImageException">The image is damaged.</exception>
    public static void Write(TextWriter terminal, PictureProtocol protocol, EncodedImage image)
    {
        if (protocol is PictureProtocol.Off)
        {
            return;
        }

        using var small = Image.OpenThumbnail(image, MaxEdge);
        switch (protocol)
        {
            case PictureProtocol.ITerm2:
                WriteITerm2(terminal, Encode(small));
                break;
            case PictureProtocol.Kitty:
                WriteKitty(terminal, Convert.ToBase64String(Encode(small)));
                break;
            default:
                using (var opaque = small.OverCheckerboard(Square))
                {
                    terminal.Write(SixelEncoder.Encode(opaque.ToRgbaBytes(), opaque.Size));
                }

                break;
        }

        terminal.WriteLine();
    }

    private static byte[] Encode(Image image) => image.Encode(new SaveOptions { Format = ImageFormat.Png });

    private static void WriteITerm2(TextWriter terminal, byte[] png) =>
        terminal.Write($"{Escape}]1337;File=inline=1;size={png.Length}:{Convert.ToBase64String(png)}\a");

    /// <summary>Transmits and shows at once (a=T), as PNG (f=100), without an answer (q=2), in parts of which all but the last say that more come (m=1).</summary>
    private static void WriteKitty(TextWriter terminal, string base64)
    {
        for (var start = 0; start < base64.Length; start += KittyChunk)
        {
            var part = base64.AsSpan(start, Math.Min(KittyChunk, base64.Length - start));
            var more = start + KittyChunk < base64.Length ? 1 : 0;
            terminal.Write($"{Escape}_G{(start is 0 ? "a=T,f=100,q=2," : "")}m={more};{part}{Escape}\\");
        }
    }
}
