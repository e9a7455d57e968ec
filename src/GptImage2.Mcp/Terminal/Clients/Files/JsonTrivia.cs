namespace GptImage2.Mcp.Terminal.Clients.Files;

/// <summary>What stands between the values of a JSON text that has been read once already: white space and comments.</summary>
internal static class JsonTrivia
{
    /// <summary>The first byte from there on that is neither.</summary>
    public static int Skip(ReadOnlySpan<byte> text, int from) => Walk(text, from, text.Length).Next;

    /// <summary>The byte after the last comment between the two, or the first where there is none.</summary>
    /// <param name="isLine">Whether that comment reaches to the end of its line.</param>
    public static int FindEndOfComments(ReadOnlySpan<byte> text, int from, int to, out bool isLine)
    {
        var (_, end, lastIsLine) = Walk(text, from, to);
        isLine = lastIsLine;
        return end;
    }

    private static (int Next, int CommentEnd, bool IsLine) Walk(ReadOnlySpan<byte> text, int from, int to)
    {
        var (at, end, isLine) = (from, from, false);
        while (at < to)
        {
            var rest = text[at..to];
            if (rest[0] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                at++;
            }
            else if (rest.StartsWith("//"u8) || rest.StartsWith("/*"u8))
            {
                isLine = rest[1] is (byte)'/';
                at += FindCommentLength(rest, isLine);
                end = at;
            }
            else
            {
                break;
            }
        }

        return (at, end, isLine);
    }

    private static int FindCommentLength(ReadOnlySpan<byte> comment, bool isLine)
    {
        var end = isLine ? comment.IndexOfAny((byte)'\r', (byte)'\n') : comment[2..].IndexOf("*/"u8);
        return end < 0 ? comment.Length : isLine ? end : end + 4;
    }
}
