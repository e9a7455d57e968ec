using System.Net;
using System.Net.Security;
using GptImage2.Backends.Http;
using GptImage2.Generation.Inputs;

namespace GptImage2.Backends.Downloads;

/// <summary>Fetches images over https: no proxy, no cookies, no credentials, redirects followed by hand and judged each.</summary>
internal sealed class RemoteImageFetcher(DownloadOptions options, NetworkAccess network, TimeProvider time) : IRemoteImageFetcher
{
    public async Task<ReadOnlyMemory<byte>> FetchAsync(Uri address, CancellationToken cancellationToken)
    {
        DownloadUrlPolicy.ThrowIfForbidden(address);
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await FollowRedirectsAsync(address, either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw DownloadErrors.TooSlow(address, options.Timeout);
        }
    }

    private async Task<ReadOnlyMemory<byte>> FollowRedirectsAsync(Uri address, CancellationToken cancellationToken)
    {
        using var http = new HttpMessageInvoker(CreateHandler());
        for (var redirects = 0; ; redirects++)
        {
            using var response = await SendAsync(http, address, cancellationToken);
            if (response.StatusCode is HttpStatusCode.OK)
            {
                return await new RemoteImageReader(options, address).ReadAsync(response, cancellationToken);
            }

            address = redirects < options.MaxRedirects ? GetRedirectTarget(address, response) : throw DownloadErrors.TooManyRedirects(address, options.MaxRedirects);
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpMessageInvoker http, Uri address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.AddUserAgent();
        request.AddHeader("Accept", "image/*");
        try
        {
            return await http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException failed)
        {
            throw DownloadErrors.Create(address, failed);
        }
    }

    /// <exception cref="ImageException">It is no redirect, or leads where nothing may be fetched.</exception>
    private static Uri GetRedirectTarget(Uri address, HttpResponseMessage response)
    {
        if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
        {
            throw DownloadErrors.UnexpectedStatus(address, response.StatusCode);
        }

        if (response.Headers.Location is not { } location || !Uri.TryCreate(address, location, out var next))
        {
            throw DownloadErrors.InvalidRedirect(address);
        }

        DownloadUrlPolicy.ThrowIfForbidden(next);
        return next;
    }

    private SocketsHttpHandler CreateHandler() => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        Credentials = null,
        ActivityHeadersPropagator = null,

        // A connection is used for one request only: every hop is looked up and judged for itself, and what a refused answer still sends is not read.
        PooledConnectionLifetime = TimeSpan.Zero,
        MaxResponseDrainSize = 0,
        ConnectCallback = new PinnedConnection(network).OpenAsync,
        SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = network.CreateCertificatePolicy() },
    };
}
