using System.Net;

namespace GptImage2.Backends.Downloads;

/// <summary>What an address must be like, before any name is looked up. The same for each hop of a redirect.</summary>
internal static class DownloadUrlPolicy
{
    private const int HttpsPort = 443;

    /// <exception cref="ImageException">The address breaks a rule; the text says which.</exception>
    public static void ThrowIfForbidden(Uri address)
    {
        var broken = address switch
        {
            { IsAbsoluteUri: false } or not { Scheme: "https" } => "only https:// addresses are fetched",
            { UserInfo: not "" } => "an address with a user name or password in it is not fetched",
            { Port: not HttpsPort } => $"only port {HttpsPort} is contacted",
            _ => FindHostViolation(address),
        };
        if (broken is not null)
        {
            throw DownloadErrors.NotAllowed(address, broken);
        }
    }

    private static string? FindHostViolation(Uri address) => address.IdnHost.ToLowerInvariant() switch
    {
        "" => "the address has no host",
        _ when IsAddressLiteral(address) => null,
        _ when address.Host.Any(IsConfusableCharacter) => "the host's name has characters that stand for others",
        var host when !host.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_') => "the host's name has characters that no name has",
        [.., '.'] => "the host's name ends in a dot",
        var host when !host.Contains('.', StringComparison.Ordinal) || host.EndsWith(".localhost", StringComparison.Ordinal) || host.EndsWith(".local", StringComparison.Ordinal)
            || host.EndsWith(".internal", StringComparison.Ordinal) => "the name is one of a private network",
        _ => null,
    };

    /// <summary>Digits of other scripts, and wide letters: some resolvers read 127.0.0.1 or localhost in them.</summary>
    private static bool IsConfusableCharacter(char letter) => letter is >= '\uFF00' and <= '\uFFEF' || (!char.IsAscii(letter) && char.IsNumber(letter));

    /// <summary>An address in digits needs no look-up; it is judged like one that was looked up.</summary>
    private static bool IsAddressLiteral(Uri address) =>
        address.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 || IPAddress.TryParse(address.IdnHost, out _);
}
