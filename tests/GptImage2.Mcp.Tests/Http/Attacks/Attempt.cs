using System.Net.Http.Headers;
using System.Net.Sockets;
using GptImage2.Mcp.Tests.Http.Authentication;

namespace GptImage2.Mcp.Tests.Http.Attacks;

/// <summary>What an attacker sends, and gets: every byte of both is kept.</summary>
internal sealed class Attempt(AttackServer server)
{
    private readonly StringBuilder _sent = new();
    private readonly StringBuilder _received = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public AttackServer Server => server;

    public string Sent => _sent.ToString();

    public string Received => _received.ToString();

    /// <summary>In requests as they are on the wire.</summary>
    public string Host => server.Server.Address.Authority;

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        _sent.Append(request).Append(Uri.UnescapeDataString(request.RequestUri!.ToString())).AppendLine(request.Content is null ? "" : Encoding.UTF8.GetString(await request.Content.ReadAsByteArrayAsync(Cancellation)));
        using var response = await SendPatientlyAsync(request);
        var head = response.Headers.Concat(response.Content.Headers).Where(header => header.Key is not "Date").Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order();
        return Keep(new Answer((int)response.StatusCode, string.Join('\n', head), await response.Content.ReadAsStringAsync(Cancellation)));
    }

    /// <summary>A request of the newest revision.</summary>
    public Task<Answer> AskAsync(string method, string parameters, string? token) =>
        SendAsync(RawMcp.Create(server.Server, method, JsonNode.Parse(parameters)!.AsObject(), token));

    /// <inheritdoc cref="AskAsync(string, string, string?)"/>
    public Task<Answer> AskAsync(string method, string parameters = "{}") => AskAsync(method, parameters, server.Mallory);

    /// <param name="arguments">A JSON object.</param>
    /// <param name="token">Null for Mallory's.</param>
    public Task<Answer> CallAsync(string tool, string arguments, string? token = null) =>
        AskAsync("tools/call", new JsonObject { ["name"] = tool, ["arguments"] = JsonNode.Parse(arguments) }.ToJsonString(), token ?? server.Mallory);

    /// <summary>A request with a session, or to begin one.</summary>
    public Task<Answer> SessionAsync(HttpMethod verb, string? body, string? session, string? token)
    {
        var request = RawMcp.CreateLegacy(server.Server, body ?? "", token, session);
        request.Method = verb;
        request.Content = body is null ? null : request.Content;
        return SendAsync(request);
    }

    /// <param name="change">Adds what the attack is about.</param>
    public Task<Answer> GetAsync(string path, Action<HttpRequestMessage>? change = null, HttpMethod? verb = null, string? token = null)
    {
        var request = new HttpRequestMessage(verb ?? HttpMethod.Get, new Uri($"http://{Host}{path}"));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        change?.Invoke(request);
        return SendAsync(request);
    }

    /// <summary>tools/list of the newest revision, changed.</summary>
    public Task<Answer> ListAsync(Action<HttpRequestMessage> change, string? token = null)
    {
        var request = RawMcp.Create(server.Server, "tools/list", token: token);
        change(request);
        return SendAsync(request);
    }

    public Task<Answer> UploadAsync(HttpContent content, string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Server.Address, "/uploads")) { Content = content };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return SendAsync(request);
    }

    /// <summary>Sends bytes as they are, and reads until the server closes.</summary>
    /// <param name="text">Latin 1; lines end as they are.</param>
    /// <param name="end">Whether nothing more is ever sent: the server learns of it.</param>
    public async Task<Answer> RawAsync(string text, bool end = false)
    {
        _sent.AppendLine(text);
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Server.Address.Host, server.Server.Address.Port, Cancellation);
        var stream = socket.GetStream();
        var received = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(text), Cancellation);
            if (end)
            {
                socket.Client.Shutdown(SocketShutdown.Send);
            }

            await stream.CopyToAsync(received, Cancellation);
        }
        catch (IOException)
        {
            // Closed at once, without waiting for all that was to come: what came before counts.
        }

        return Keep(Parse(Encoding.UTF8.GetString(received.ToArray())));
    }

    /// <summary>A request for tools/list as it is on the wire.</summary>
    /// <param name="headers">Further ones, each with its end of line; null for a request line or host of one's own in <paramref name="start"/>.</param>
    public Task<Answer> WireAsync(string headers = "", string? start = null, string body = "{}", string? token = null) => RawAsync(
        $"{start ?? $"POST /mcp HTTP/1.1\r\nHost: {Host}\r\n"}{headers}{(token is null ? "" : $"Authorization: Bearer {token}\r\n")}Connection: close\r\nAccept: application/json, text/event-stream\r\n" +
        $"Content-Type: application/json\r\n{(headers.Contains("ength", StringComparison.Ordinal) || headers.Contains("ncoding", StringComparison.Ordinal) ? "" : $"Content-Length: {body.Length}\r\n")}\r\n{body}");

    /// <summary>An answer, and the reads of the catalog that it took.</summary>
    public async Task<(Answer Answer, string Reads)> WatchAsync(Func<Task<Answer>> ask)
    {
        server.Reads.Clear();
        var answer = await ask();
        return (answer, string.Join(' ', server.Reads));
    }

    /// <summary>
    /// Sends once more where the server closed the connection on a body it has refused, while the rest was on its way: the answer
    /// cannot be read then.
    /// </summary>
    private async Task<HttpResponseMessage> SendPatientlyAsync(HttpRequestMessage request)
    {
        for (var left = 10; ; left--)
        {
            var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = request.Content, Version = request.Version };
            foreach (var header in request.Headers.NonValidated)
            {
                copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }

            try
            {
                return await server.Server.Http.SendAsync(copy, Cancellation);
            }
            catch (HttpRequestException closed) when (closed.InnerException is IOException && request.Content is not null && left > 0)
            {
                continue;
            }
        }
    }

    private static Answer Parse(string text)
    {
        var (head, body) = text.Split("\r\n\r\n", 2) is [var first, var rest] ? (first, rest) : (text, "");
        var lines = head.Split("\r\n");
        return new Answer(
            lines[0].Split(' ') is [_, var status, ..] ? int.Parse(status, CultureInfo.InvariantCulture) : 0,
            string.Join('\n', lines.Skip(1).Where(line => !line.StartsWith("Date:", StringComparison.Ordinal)).Order()),
            body);
    }

    private Answer Keep(Answer answer)
    {
        _received.AppendLine(answer.Head).AppendLine(answer.Body);
        return answer;
    }
}
