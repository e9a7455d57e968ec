using System.Net;
using System.Net.Sockets;
using GptImage2.Backends.Downloads;
using GptImage2.Generation.Inputs;

namespace GptImage2.Testing.Rendering;

/// <summary>An internet of names that a test decides on, which notes whom it is asked to connect to and lets nobody through.</summary>
public sealed class WatchedNetwork(IReadOnlyDictionary<string, IPAddress[]> names)
{
    private readonly ConcurrentQueue<string> _contacted = [];

    /// <summary>Whom a connection was asked for.</summary>
    public IReadOnlyList<string> Contacted => [.. _contacted];

    /// <summary>The product's own fetcher on this network.</summary>
    public IRemoteImageFetcher CreateFetcher() => new RemoteImageFetcher(
        new DownloadOptions(),
        new NetworkAccess
        {
            ResolveHostAsync = (host, _) => names.TryGetValue(host, out var found) ? Task.FromResult(found) : throw new SocketException((int)SocketError.HostNotFound),
            ConnectAsync = (end, _) =>
            {
                _contacted.Enqueue(end.ToString());
                throw new SocketException((int)SocketError.ConnectionRefused);
            },
        },
        TimeProvider.System);
}
