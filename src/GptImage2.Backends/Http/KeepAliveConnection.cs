using System.Net;
using System.Net.Sockets;

namespace GptImage2.Backends.Http;

/// <summary>
/// Connects with TCP keep-alive. A service is silent for minutes while it draws, and routers forget silent connections
/// (Azure's load balancer after 4 minutes, AWS's NAT after 350 s): the response would be lost and billed.
/// </summary>
internal static class KeepAliveConnection
{
    private const int KeepAliveSeconds = 30;

    public static async ValueTask<Stream> OpenAsync(EndPoint address, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveSeconds);
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
