namespace GptImage2.Testing.Images;

/// <summary>Writes texts into PNG files.</summary>
public static class PngTags
{
    private const int HeaderEnd = 8 + 25;

    /// <summary>The file with a tEXt chunk behind its header.</summary>
    public static byte[] Add(byte[] png, string keyword, string text)
    {
        using var file = new MemoryStream();
        file.Write(png.AsSpan(0, HeaderEnd));
        PngChunk.Write(file, "tEXt"u8, [.. Encoding.Latin1.GetBytes(keyword), 0, .. Encoding.Latin1.GetBytes(text)]);
        file.Write(png.AsSpan(HeaderEnd));
        return file.ToArray();
    }
}
