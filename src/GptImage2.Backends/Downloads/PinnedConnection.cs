using System.Net;
using System.Net.Sockets;
using GptImage2.Generation.Errors;

namespace GptImage2.Backends.Downloads;

/// <summary>
/// Looks a name up once, judges every address it has, and connects to one of exactly these: no second look-up can lead
/// elsewhere, because there is none.
/// </summary>
internal sealed class PinnedConnection(NetworkAccess surroundings)
{
    /// <exception cref="ImageException">Not public, or not to be found.</exception>
    public async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var address = context.InitialRequestMessage.RequestUri!;
        var found = await ResolveAsync(address, context.DnsEndPoint.Host, cancellationToken);
        if (!found.All(surroundings.IsPublic))
        {
            throw DownloadErrors.PrivateAddress(address);
        }

        SocketException? last = null;
        foreach (var one in found)
        {
            try
            {
                return await surroundings.ConnectAsync(new IPEndPoint(one, context.DnsEndPoint.Port), cancellationToken);
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
            var found = await surroundings.ResolveHostAsync(host, cancellationToken);
            return found is [] ? throw new SocketException((int)SocketError.HostNotFound) : found;
        }
        catch (SocketException unknown)
        {
            throw DownloadErrors.NotFound(address, unknown);
        }
    }
}
