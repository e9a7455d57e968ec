using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace GptImage2.Backends.Downloads;

/// <summary>What downloading needs of the machine around it.</summary>
internal sealed record NetworkAccess
{
    /// <summary>All addresses of a name.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> ResolveHostAsync { get; init; } = Dns.GetHostAddressesAsync;

    public Func<IPAddress, bool> IsPublic { get; init; } = PublicAddressFilter.IsPublic;

    /// <summary>Connects to exactly this address.</summary>
    public Func<IPEndPoint, CancellationToken, Task<Stream>> ConnectAsync { get; init; } = OpenSocketAsync;

    /// <summary>
    /// How certificates are judged. A certificate can name addresses to fetch further ones from: they are not fetched,
    /// because the server would choose whom this machine asks.
    /// </summary>
    public Func<X509ChainPolicy> CreateCertificatePolicy { get; init; } = static () => new X509ChainPolicy
    {
        DisableCertificateDownloads = true,
        RevocationMode = X509RevocationMode.NoCheck,
    };

    private static async Task<Stream> OpenSocketAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
