namespace GptImage2.Testing.OpenAI.Requests;

/// <summary>Reads multipart/form-data as its narrowest readers do (RFC 7578): quoted names, CRLF, nothing before the first part or after the last.</summary>
/// <param name="acceptsClientForms">Whether the form may also be written as OpenAI's .NET client does (2.15.0).</param>
internal sealed partial class MultipartFormReader(ReadOnlyMemory<byte> body, string boundary, bool acceptsClientForms = false)
{
    private readonly byte[] _delimiter = Encoding.ASCII.GetBytes($"\r\n--{boundary}");
    private int _at;

    /// <exception cref="ApiErrorException">It is no such form.</exception>
    public static IReadOnlyList<ReceivedFormPart> Read(ReadOnlyMemory<byte> body, string boundary, bool acceptsClientForms = false) =>
        new MultipartFormReader(body, boundary, acceptsClientForms).Read();

    private ReadOnlySpan<byte> Rest => body.Span[_at..];

    private List<ReceivedFormPart> Read()
    {
        List<ReceivedFormPart> parts = [];
        // The first delimiter has no line before it.
        Consume(_delimiter.AsSpan(2));
        while (!Rest.StartsWith("--"u8))
        {
            Consume("\r\n"u8);
            parts.Add(ReadPart());
        }

        Consume("--\r\n"u8);
        return Rest.IsEmpty ? parts : throw CreateError("something follows the form");
    }

    private ReceivedFormPart ReadPart()
    {
        string? disposition = null, type = null;
        while (Line() is { Length: > 0 } line)
        {
            _ = line.Split(": ", 2) switch
            {
                ["Content-Disposition", var value] when disposition is null => disposition = value,
                ["Content-Type", var value] when type is null => type = value,
                _ => throw CreateError($"a part has the header '{line}'"),
            };
        }

        var named = (acceptsClientForms ? ClientDisposition : Disposition).Match(disposition ?? "");
        var length = Rest.IndexOf(_delimiter);
        if (!named.Success || length < 0)
        {
            throw CreateError("a part has no name or no end");
        }

        var content = body.Slice(_at, length);
        _at += length + _delimiter.Length;
        var file = named.Groups["file"] is { Success: true, Value: var name } ? name : null;
        return new ReceivedFormPart(named.Groups["name"].Value, file, acceptsClientForms ? GuessType(file) : type, content);
    }

    /// <summary>That client gives no types to files, and types to texts.</summary>
    private static string? GuessType(string? file) => Path.GetExtension(file) switch
    {
        null => null,
        ".jpg" or ".jpeg" => "image/jpeg",
        var extension => $"image/{extension.TrimStart('.')}",
    };

    private string Line()
    {
        var length = Rest.IndexOf("\r\n"u8);
        if (length is < 0 or > 1000 || Rest[..length].ContainsAnyExceptInRange((byte)0x20, (byte)0x7E))
        {
            throw CreateError("a part's header is no line of text");
        }

        var line = Encoding.ASCII.GetString(Rest[..length]);
        _at += length + 2;
        return line;
    }

    private void Consume(ReadOnlySpan<byte> expected) => _at += Rest.StartsWith(expected) ? expected.Length : throw CreateError("a delimiter is missing");

    private static ApiErrorException CreateError(string why) => new(new(400, $"Could not parse multipart form: {why}."));

    [GeneratedRegex("""^form-data; name="(?<name>[^"\\]+)"(; filename="(?<file>[^"\\/]+)")?$""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Disposition { get; }

    [GeneratedRegex("""^form-data; name="?(?<name>[^"\\;]+)"?(; filename="?(?<file>[^"\\/;]+)"?(; filename\*=[^;]+)?)?$""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ClientDisposition { get; }
}
