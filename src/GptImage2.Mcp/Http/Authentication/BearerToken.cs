using Microsoft.AspNetCore.Http;

namespace GptImage2.Mcp.Http.Authentication;

/// <summary>What a request authenticates with. Only the header counts: an address, which may hold a token too, ends in logs and histories.</summary>
/// <param name="Text">The token, or null.</param>
/// <param name="IsMalformed">There is a header, but not one bearer token.</param>
internal readonly record struct BearerToken(string? Text, bool IsMalformed)
{
    /// <summary>What our own tokens begin with, and no JWT.</summary>
    public const string NamedPrefix = "gi2_";

    private const string Scheme = "Bearer ";

    public static BearerToken Read(HttpRequest request) => request.Headers.Authorization switch
    {
        [] => new(null, false),
        [{ } header] when header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && IsToken(header.AsSpan(Scheme.Length).Trim(' ')) => new(header[Scheme.Length..].Trim(' '), false),
        _ => new(null, true),
    };

    public bool IsNamed => Text?.StartsWith(NamedPrefix, StringComparison.Ordinal) is true;

    /// <summary>Never the token.</summary>
    public override string ToString() => IsMalformed ? "malformed" : Text is null ? "none" : "(secret)";

    /// <summary>Visible ASCII; a comma would mean a second header that was merged into the first.</summary>
    private static bool IsToken(ReadOnlySpan<char> text) => text is not [] && !text.ContainsAnyExceptInRange('!', '~') && !text.Contains(',');
}
