namespace GptImage2.Generation.Inputs.Sources;

/// <summary>Reads data: URIs in base64, also the URL-safe kind, with or without padding. What media type they declare is not believed.</summary>
internal static class DataUriParser
{
    /// <summary>Most bytes once decoded: what a caller may send along.</summary>
    public const int MaxBytes = 50 << 20;

    public static ImageSource Parse(string text, string inbox)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || !text.AsSpan(0, comma).TrimEnd().EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
        {
            return new ImageSource.Unusable("a data: URI with ;base64 before its comma");
        }

        var base64 = text.AsSpan(comma + 1).Trim();
        if ((long)base64.Length / 4 * 3 > MaxBytes)
        {
            return new ImageSource.Unusable($"a data: URI of at most {MaxBytes >> 20} MB: save the picture into {inbox} and call again with its file name");
        }

        var bytes = new byte[(base64.Length / 4 * 3) + 3];
        return Convert.TryFromBase64Chars(base64, bytes, out var length) || TryDecodeUrlSafe(base64, bytes, out length)
            ? new ImageSource.Inline(bytes.AsMemory(0, length))
            : new ImageSource.Unusable("a data: URI whose base64 is whole");
    }

    private static bool TryDecodeUrlSafe(ReadOnlySpan<char> base64, Span<byte> bytes, out int length)
    {
        var missing = -base64.Length & 3;
        var ordinary = new char[base64.Length + missing];
        base64.Replace(ordinary, '-', '+');
        ordinary.AsSpan().Replace('_', '/');
        ordinary.AsSpan(base64.Length).Fill('=');
        return Convert.TryFromBase64Chars(ordinary, bytes, out length);
    }
}
