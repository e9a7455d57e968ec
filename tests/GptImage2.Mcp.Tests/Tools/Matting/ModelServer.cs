using System.Net;
using System.Net.Sockets;

namespace GptImage2.Mcp.Tests.Tools.Matting;

/// <summary>Serves one file on loopback, behind a redirect as releases are, with ranges; and badly, where a test wants it.</summary>
internal sealed class ModelServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly byte[] _file;

    public ModelServer(byte[] file)
    {
        _file = file;
        Port = FreePort();
        _listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{Port}/release/model.onnx");

    /// <summary>After so many bytes of the next answers the connection breaks; null for never.</summary>
    public int? BreakAfter { get; set; }

    /// <summary>Whether ranges are ignored, as some servers do.</summary>
    public bool IgnoresRanges { get; set; }

    /// <summary>The status of every answer in place of the file.</summary>
    public int? Status { get; set; }

    /// <summary>Where the redirect leads.</summary>
    public string Target { get; set; } = "/assets/model.onnx";

    /// <summary>The ranges that were asked for, null for none.</summary>
    public ConcurrentQueue<string?> Ranges { get; } = new();

    private int Port { get; }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException or IOException)
            {
                // The client went, or the test is over.
                _ = ended;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var response = context.Response;
        if (Status is { } status)
        {
            response.StatusCode = status;
        }
        else if (context.Request.Url!.AbsolutePath is "/release/model.onnx")
        {
            response.Redirect(Target);
        }
        else
        {
            await SendAsync(context);
            return;
        }

        response.Close();
    }

    private async Task SendAsync(HttpListenerContext context)
    {
        var range = context.Request.Headers["Range"];
        Ranges.Enqueue(range);
        var from = range is null || IgnoresRanges ? 0 : int.Parse(range.Split('=', '-')[1], CultureInfo.InvariantCulture);
        if (from > 0)
        {
            context.Response.StatusCode = (int)HttpStatusCode.PartialContent;
            context.Response.Headers["Content-Range"] = $"bytes {from}-{_file.Length - 1}/{_file.Length}";
        }

        context.Response.ContentLength64 = _file.Length - from;
        if (BreakAfter is { } count && count < _file.Length - from)
        {
            await context.Response.OutputStream.WriteAsync(_file.AsMemory(from, count));
            await context.Response.OutputStream.FlushAsync();
            context.Response.Abort();
            return;
        }

        await context.Response.OutputStream.WriteAsync(_file.AsMemory(from));
        context.Response.Close();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
