using GptImage2.Mcp.Http.Authentication;
using GptImage2.Testing.Hosts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace GptImage2.Mcp.Tests.Http.Authentication;

public sealed class OpenStreamsTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"gptimage2-{Path.GetRandomFileName()}.tokens");
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_ends_soon_after_its_token_was_revoked_and_no_other_does(bool inSession)
    {
        var (anna, ben) = (NamedToken.Generate(), NamedToken.Generate());
        await File.WriteAllLinesAsync(_file, [ToLine("anna", anna), ToLine("ben", ben)], Cancellation);
        await using var server = await HttpServer.StartAsync([("GPTIMAGE2_HTTP__TOKENS", _file)], services: services => services.AddSingleton<TimeProvider>(_clock), cancellationToken: Cancellation);
        var annas = await OpenAsync(server, anna, inSession);
        var bens = await OpenAsync(server, ben, inSession);

        await File.WriteAllLinesAsync(_file, [ToLine("ben", ben)], Cancellation);
        await UntilEndedAsync(annas);

        bens.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_stream_ends_soon_after_its_access_token_has_expired()
    {
        await using var authorization = await AuthorizationServer.StartAsync();
        await using var server = await AccessTokenServer.StartAsync(authorization, services: services => services.AddSingleton<TimeProvider>(_clock));
        var stream = await OpenAsync(server, authorization.Issue(), inSession: false);

        _clock.Advance(OpenStreams.Interval);
        stream.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromMinutes(6));

        await UntilEndedAsync(stream);
    }

    public void Dispose() => File.Delete(_file);

    private static string ToLine(string name, string token) => new NamedToken(name, NamedToken.ComputeHash(token)).ToLine();

    /// <returns>Reads a stream that is open, to its end.</returns>
    private static async Task<Task> OpenAsync(HttpServer server, string token, bool inSession)
    {
        HttpRequestMessage request;
        if (inSession)
        {
            request = RawMcp.CreateLegacy(server, "", token, await RawMcp.BeginSessionAsync(server, token));
            (request.Method, request.Content) = (HttpMethod.Get, null);
        }
        else
        {
            request = RawMcp.Create(server, "subscriptions/listen", new() { ["notifications"] = new JsonObject { ["resourcesListChanged"] = true } }, token);
        }

        var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        var body = await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(Cancellation);
        return ReadAsync(body);
    }

    private static async Task ReadAsync(Stream body)
    {
        try
        {
            await body.CopyToAsync(Stream.Null, Cancellation);
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException)
        {
            // The server hung up.
        }
    }

    private async Task UntilEndedAsync(Task stream)
    {
        while (!stream.IsCompleted)
        {
            Cancellation.ThrowIfCancellationRequested();
            _clock.Advance(OpenStreams.Interval);
            await Task.Yield();
        }
    }
}
