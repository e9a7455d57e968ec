using System.Buffers;
using System.Buffers.Text;

namespace GptImage2.Generation.References;

/// <summary>Reads data: URIs in base64, also the URL-safe kind, with or without padding. What media type they declare is not believed.</summary>
internal static class DataUri
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

        var base64 = text.AsSpan(comma + 1);
        return (long)base64.Length / 4 * 3 > MaxBytes
            ? new ImageSource.Unusable($"a data: URI of at most {MaxBytes >> 20} MB: save the picture into {inbox} and call again with its file name")
            : Decode(base64) is { } bytes
                ? new ImageSource.Inline(bytes)
                : new ImageSource.Unusable("a data: URI whose base64 is whole");
    }

    private static ReadOnlyMemory<byte>? Decode(ReadOnlySpan<char> base64)
    {
        var bytes = new byte[(base64.Length / 4 * 3) + 3];
        var whole = Convert.TryFromBase64Chars(base64, bytes, out var length) || TryUrlSafe(base64, bytes, out length);
        return whole ? bytes.AsMemory(0, length) : null;
    }

    /// <summary>This decoder asks for no padding, so it also takes the ordinary alphabet once that is put into its own.</summary>
    private static bool TryUrlSafe(ReadOnlySpan<char> base64, Span<byte> bytes, out int length)
    {
        var safe = new char[base64.Length];
        base64.Replace(safe, '+', '-');
        safe.AsSpan().Replace('/', '_');
        return Base64Url.DecodeFromChars(safe, bytes, out _, out length) is OperationStatus.Done;
    }
}
