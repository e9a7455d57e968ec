using System.Diagnostics;

namespace GptImage2.Backends.Http;

/// <summary>How all services are connected to.</summary>
public static class ServiceHandler
{
    /// <summary>No redirects, so that the key goes nowhere else; no cookies; DNS looked up again now and then.</summary>
    public static SocketsHttpHandler Create() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,

        // A request can be seen in a trace of ours; what the client's trace carries, and may say of its user, is no business of the service.
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        ConnectCallback = static (context, cancellationToken) => KeepAliveConnection.OpenAsync(context.DnsEndPoint, cancellationToken),
    };
}
