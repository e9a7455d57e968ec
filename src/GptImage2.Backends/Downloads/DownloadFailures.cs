using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using GptImage2.Generation.Failures;

namespace GptImage2.Backends.Downloads;

/// <summary>Says why a picture cannot be downloaded. Names no more of an address than its host: the rest may hold a secret.</summary>
internal static class DownloadFailures
{
    private const int LongestHost = 100;
    private const string Instead = "Save the picture into the inbox (list_images names the folder) and call again with its file name.";

    /// <param name="rule">Which rule is broken, in words.</param>
    public static ImageException NotAllowed(Uri address, string rule) => Of(FailureCode.NotAllowed, $"{Host(address)} was not asked: {rule}. {Instead}");

    public static ImageException Private(Uri address) =>
        NotAllowed(address, "its name leads to an address that is not of the public internet, and such are never asked");

    public static ImageException TooManyRedirects(Uri address, int most) =>
        Of(FailureCode.NotAllowed, $"{Host(address)} redirects again, after {most} times already. Give the picture's own address, or do this: {Instead}");

    public static ImageException WrongRedirect(Uri address) =>
        Of(FailureCode.UnreadableImage, $"{Host(address)} redirects to nowhere. {Instead}");

    public static ImageException NotFound(Uri address, Exception inner) =>
        Of(FailureCode.NotFound, $"{Host(address)} was not found: its name has no address. Correct it. Or: {Instead}", inner);

    public static ImageException Unreachable(Uri address, Exception inner) =>
        Of(FailureCode.NotFound, $"{Host(address)} could not be reached. Call again later, or: {Instead}", inner, RetryAdvice.Later);

    public static ImageException Untrusted(Uri address, Exception inner) =>
        Of(FailureCode.NotAllowed, $"{Host(address)} has no certificate that this machine trusts, so its bytes were not read. {Instead}", inner);

    public static ImageException Status(Uri address, HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound or HttpStatusCode.Gone => Of(FailureCode.NotFound, $"{Host(address)} has no picture there (it answered {(int)status}). {Instead}"),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired =>
            Of(FailureCode.NotAllowed, $"{Host(address)} wants a login or refuses this machine (it answered {(int)status}), and none is sent. {Instead}"),
        _ => Of(FailureCode.UnreadableImage, $"{Host(address)} answered {(int)status}, where only 200 brings a picture. {Instead}"),
    };

    /// <param name="received">What the bytes seem to be.</param>
    public static ImageException NoPicture(Uri address, string received) =>
        Of(FailureCode.UnreadableImage, $"expected a PNG, JPEG, WebP, GIF, AVIF/HEIC or TIFF image but received {received} from {Host(address)}. Give the address of the picture itself, not of a page that shows it. Or: {Instead}");

    public static ImageException TooLarge(Uri address, int most) =>
        Of(FailureCode.UnreadableImage, $"what {Host(address)} sends is larger than {most >> 20} MB. Scale the picture down. Or: {Instead}");

    public static ImageException TooSlow(Uri address, TimeSpan most) =>
        Of(FailureCode.UnreadableImage, $"{Host(address)} did not send the whole picture within {most.TotalSeconds:0} s. Call again later, or: {Instead}", retry: RetryAdvice.Later);

    public static ImageException BrokenOff(Uri address, Exception inner) =>
        Of(FailureCode.UnreadableImage, $"{Host(address)} broke off in the middle, or its answer is no HTTP. Call again later, or: {Instead}", inner, RetryAdvice.Later);

    /// <summary>What a failed request was: a refusal of ours inside, or one of the net's.</summary>
    public static ImageException Of(Uri address, HttpRequestException failed) => failed switch
    {
        { InnerException: ImageException ours } => ours,
        { InnerException: AuthenticationException } or { HttpRequestError: HttpRequestError.SecureConnectionError } => Untrusted(address, failed),
        { InnerException: SocketException } or { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } => Unreachable(address, failed),
        _ => BrokenOff(address, failed),
    };

    private static string Host(Uri address) => Violation.Quote(Shorten(address.IsAbsoluteUri ? address.IdnHost : ""));

    private static string Shorten(string host) => host.Length <= LongestHost ? host : host[..LongestHost];

    private static ImageException Of(FailureCode code, string message, Exception? inner = null, RetryAdvice retry = RetryAdvice.Changed) =>
        new(new Failure { Code = code, Message = message, Retry = retry }, inner);
}
