using System.Net;

namespace GptImage2.Mcp.Tests.Http.Security;

public sealed class RequestOriginTests(RequestOriginTests.Server server) : IClassFixture<RequestOriginTests.Server>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, null, HttpStatusCode.OK)]
    [InlineData("localhost:{port}", "http://localhost:{port}", HttpStatusCode.OK)]
    [InlineData("127.0.0.1:{port}", "http://127.0.0.1:{port}", HttpStatusCode.OK)]
    [InlineData("studio.example.com", "https://studio.example.com", HttpStatusCode.OK)]
    [InlineData("studio.example.com", "https://app.example.org", HttpStatusCode.OK)]
    [InlineData(null, "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData(null, "null", HttpStatusCode.Forbidden)]
    [InlineData(null, "", HttpStatusCode.Forbidden)]
    [InlineData(null, "file://", HttpStatusCode.Forbidden)]
    [InlineData(null, "http://127.0.0.1:{port}.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("localhost:{port}", "http://127.0.0.1:{port}", HttpStatusCode.Forbidden)]
    [InlineData("localhost:{port}", "http://localhost:1", HttpStatusCode.Forbidden)]
    [InlineData("localhost:{port}", "http://localhost", HttpStatusCode.Forbidden)]
    [InlineData(null, "https://app.example.org.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("evil.example", null, HttpStatusCode.BadRequest)]
    [InlineData("evil.example", "http://evil.example", HttpStatusCode.BadRequest)]
    [InlineData("evil.studio.example.com", null, HttpStatusCode.BadRequest)]
    [InlineData("127.0.0.1.evil.example:{port}", null, HttpStatusCode.BadRequest)]
    public async Task A_page_elsewhere_and_a_name_of_elsewhere_are_refused_before_anything_is_read(string? host, string? origin, HttpStatusCode expected)
    {
        using var request = server.Http.Modern("server/discover");
        request.Headers.Host = Fill(host);
        if (origin is not null)
        {
            request.Headers.TryAddWithoutValidation("Origin", Fill(origin)).ShouldBeTrue();
        }

        using var response = await server.Http.Client.SendAsync(request, Cancellation);

        response.StatusCode.ShouldBe(expected);
    }

    private string? Fill(string? text) => text?.Replace("{port}", server.Http.Address.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>One server for all cases, which change nothing.</summary>
    public sealed class Server : IAsyncLifetime
    {
        internal RawHttp Http { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Http = await RawHttp.StartAsync(
            [("GPTIMAGE2_HTTP__ALLOWEDHOSTS", "studio.example.com"), ("GPTIMAGE2_HTTP__ALLOWEDORIGINS", "https://app.example.org")]);

        public ValueTask DisposeAsync() => Http.DisposeAsync();
    }
}
