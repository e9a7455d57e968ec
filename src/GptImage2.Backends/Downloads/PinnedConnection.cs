using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using GptImage2.Backends.Http;

namespace GptImage2.Backends.Downloads;

/// <summary>
/// Looks a name up once, judges every address it has, and connects to one of exactly these: no second look-up can lead
/// elsewhere, because there is none.
/// </summary>
internal sealed class PinnedConnection(NetworkAccess network)
{
    /// <exception cref="ImageException">Not public, or not to be found.</exception>
    public async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var address = context.InitialRequestMessage.RequestUri!;
        var found = await ResolveAsync(address, context.DnsEndPoint.Host, cancellationToken);
        if (!found.All(network.IsPublic))
        {
            throw DownloadErrors.PrivateAddress(address);
        }

        SocketException? last = null;
        foreach (var one in found)
        {
            try
            {
                return await network.ConnectAsync(new IPEndPoint(one, context.DnsEndPoint.Port), cancellationToken);
            }
            catch (SocketException exception)
            {
                last = exception;
            }
        }

        throw DownloadErrors.Unreachable(address, last!);
    }

    private async Task<IPAddress[]> ResolveAsync(Uri address, string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var written))
        {
            return [written];
        }

        try
        {
            var found = await network.ResolveHostAsync(host, cancellationToken);
            return found is [] ? throw new SocketException((int)SocketError.HostNotFound) : found;
        }
        catch (SocketException unknown)
        {
            throw DownloadErrors.NotFound(address, unknown);
        }
    }
}

/// <summary>What downloading needs of the network; tests replace it.</summary>
internal sealed record NetworkAccess
{
    /// <summary>All addresses of a name.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> ResolveHostAsync { get; init; } = Dns.GetHostAddressesAsync;

    public Func<IPAddress, bool> IsPublic { get; init; } = PublicAddressFilter.IsPublic;

    /// <summary>Connects to exactly this address.</summary>
    public Func<IPEndPoint, CancellationToken, ValueTask<Stream>> ConnectAsync { get; init; } = KeepAliveConnection.OpenAsync;

    /// <summary>
    /// How certificates are judged. A certificate can name addresses to fetch further ones from: they are not fetched,
    /// because the server would choose whom this machine asks.
    /// </summary>
    public Func<X509ChainPolicy> CreateCertificatePolicy { get; init; } = static () => new X509ChainPolicy
    {
        DisableCertificateDownloads = true,
        RevocationMode = X509RevocationMode.NoCheck,
    };
}
