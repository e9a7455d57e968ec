using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace GptImage2.Testing.Hosts;

/// <summary>Where OpenTelemetry is sent in tests: an endpoint of OTLP over HTTP on a loopback port, which keeps every byte.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = new();

    private OtlpReceiver(WebApplication application) => _application = application;

    /// <summary>Settings of a server that reports to it.</summary>
    public IEnumerable<(string Variable, string Value)> Settings =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", _application.Urls.Single()),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
    ];

    /// <summary>All that was sent, byte by byte as text of one.</summary>
    public string AllBytes => string.Concat(_received.Select(one => Encoding.Latin1.GetString(one.Body)));

    /// <summary>Names of metrics, and whatever else they say, as text.</summary>
    public string Metrics => string.Concat(_received.Where(one => one.Path is "/v1/metrics").Select(one => Encoding.Latin1.GetString(one.Body)));

    public IReadOnlyList<OtlpSpan> Spans => [.. _received.Where(one => one.Path is "/v1/traces").SelectMany(one => OtlpSpan.Read(one.Body))];

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        var receiver = new OtlpReceiver(application);
        application.Run(receiver.KeepAsync);
        await application.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task KeepAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        _received.Enqueue((context.Request.Path, body.ToArray()));
        context.Response.ContentType = "application/x-protobuf";
    }
}
