using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using GptImage2.Generation.Inputs;

namespace GptImage2.Backends.Downloads;

/// <summary>Why an image cannot be downloaded. Only the host of an address is named: the rest may hold a secret.</summary>
internal static class DownloadErrors
{
    private const int MaxHostLength = 100;
    private const string InboxAdvice = IRemoteImageFetcher.InboxAdvice;

    /// <param name="rule">Which rule is broken, in words.</param>
    public static ImageException NotAllowed(Uri address, string rule) =>
        Create(FailureCode.NotAllowed, $"{QuoteHost(address)} was not contacted: {rule}. {InboxAdvice}");

    public static ImageException PrivateAddress(Uri address) =>
        NotAllowed(address, "its name leads to an address outside the public internet, and such addresses are never contacted");

    public static ImageException TooManyRedirects(Uri address, int most) =>
        Create(FailureCode.NotAllowed, $"{QuoteHost(address)} redirects again, after {most} times already. Give the image's own address, or: {InboxAdvice}");

    public static ImageException InvalidRedirect(Uri address) =>
        Create(FailureCode.UnreadableImage, $"{QuoteHost(address)} redirects to nowhere. {InboxAdvice}");

    public static ImageException NotFound(Uri address, Exception inner) =>
        Create(FailureCode.NotFound, $"{QuoteHost(address)} was not found: its name has no address. Correct it. Or: {InboxAdvice}", inner);

    public static ImageException Unreachable(Uri address, Exception inner) =>
        Create(FailureCode.NotFound, $"{QuoteHost(address)} could not be reached. Call again later, or: {InboxAdvice}", inner, RetryAdvice.Later);

    public static ImageException UntrustedCertificate(Uri address, Exception inner) =>
        Create(FailureCode.NotAllowed, $"{QuoteHost(address)} has no certificate that this machine trusts, so its bytes were not read. {InboxAdvice}", inner);

    public static ImageException UnexpectedStatus(Uri address, HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound or HttpStatusCode.Gone => Create(FailureCode.NotFound, $"{QuoteHost(address)} has no image there (status {(int)status}). {InboxAdvice}"),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired =>
            Create(FailureCode.NotAllowed, $"{QuoteHost(address)} requires a login or refuses this machine (status {(int)status}); credentials are never sent. {InboxAdvice}"),
        _ => Create(FailureCode.UnreadableImage, $"{QuoteHost(address)} responded with status {(int)status}; only 200 brings an image. {InboxAdvice}"),
    };

    /// <param name="received">What the bytes seem to be.</param>
    public static ImageException NotAnImage(Uri address, string received) =>
        Create(
            FailureCode.UnreadableImage,
            $"expected a PNG, JPEG, WebP, GIF, AVIF/HEIC or TIFF image but received {received} from {QuoteHost(address)}. " +
            $"Give the address of the image itself, not of a page that shows it. Or: {InboxAdvice}");

    public static ImageException TooLarge(Uri address, int most) =>
        Create(FailureCode.UnreadableImage, $"what {QuoteHost(address)} sends is larger than {most >> 20} MB. Scale the image down. Or: {InboxAdvice}");

    public static ImageException TooSlow(Uri address, TimeSpan most) =>
        Create(FailureCode.UnreadableImage, $"{QuoteHost(address)} did not send the complete image within {most.TotalSeconds:0} s. " +
            $"Call again later, or: {InboxAdvice}", retry: RetryAdvice.Later);

    public static ImageException ConnectionLost(Uri address, Exception inner) =>
        Create(FailureCode.UnreadableImage, $"{QuoteHost(address)} closed the connection early, or its response is not HTTP. " +
            $"Call again later, or: {InboxAdvice}", inner, RetryAdvice.Later);

    /// <summary>A failure of ours inside the exception, or one of the network.</summary>
    public static ImageException Create(Uri address, HttpRequestException failed) => failed switch
    {
        { InnerException: ImageException ours } => ours,
        { InnerException: AuthenticationException } or { HttpRequestError: HttpRequestError.SecureConnectionError } => UntrustedCertificate(address, failed),
        { InnerException: SocketException } or { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } => Unreachable(address, failed),
        _ => ConnectionLost(address, failed),
    };

    private static string QuoteHost(Uri address) => Violation.Quote(TruncateHost(address.IsAbsoluteUri ? address.IdnHost : ""));

    private static string TruncateHost(string host) => host.Length <= MaxHostLength ? host : host[..MaxHostLength];

    private static ImageException Create(FailureCode code, string message, Exception? inner = null, RetryAdvice retry = RetryAdvice.Changed) =>
        new(new Failure { Code = code, Message = message, Retry = retry }, inner);
}
