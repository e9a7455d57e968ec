using System.Net;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Mcp.Tests.Http.Sessions;

public sealed class PrincipalSessionsTests
{
    private const string Ping = """{"jsonrpc":"2.0","id":"an id","method":"ping"}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST", Ping)]
    [InlineData("POST", """{"jsonrpc":"2.0","method":"notifications/initialized"}""")]
    [InlineData("POST", "no JSON")]
    [InlineData("GET", null)]
    [InlineData("DELETE", null)]
    public async Task The_session_of_another_is_answered_exactly_as_one_that_never_was(string verb, string? body)
    {
        await using var http = await RawHttp.StartAsync();
        var session = await http.BeginAsync("ann");

        var other = await DescribeAsync(http, http.Legacy(new HttpMethod(verb), body, session, "bob"));
        var never = await DescribeAsync(http, http.Legacy(new HttpMethod(verb), body, "AAAAAAAAAAAAAAAAAAAAAA", "bob"));

        other.ShouldBe(never);
        (await PingAsync(http, session, "ann")).ShouldBe(HttpStatusCode.OK, "and the session lives on");
    }

    [Fact]
    public async Task Whoever_begins_too_many_sessions_loses_the_one_that_was_idle_longest_and_nobody_else_does()
    {
        await using var http = await RawHttp.StartAsync(
            [("GPTIMAGE2_HTTP__MAXSESSIONS", "2")],
            services => services.PostConfigure<RateLimiterOptions>(limiter => limiter.GlobalLimiter = null));
        var others = await http.BeginAsync("bob");
        var first = await http.BeginAsync("ann");
        var second = await http.BeginAsync("ann");
        await PingAsync(http, first, "ann");

        var third = await http.BeginAsync("ann");

        (await PingAsync(http, second, "ann")).ShouldBe(HttpStatusCode.NotFound);
        (await PingAsync(http, first, "ann")).ShouldBe(HttpStatusCode.OK);
        (await PingAsync(http, third, "ann")).ShouldBe(HttpStatusCode.OK);
        (await PingAsync(http, others, "bob")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_session_whose_client_listens_is_not_idle_and_the_new_one_begins_all_the_same()
    {
        await using var http = await RawHttp.StartAsync(
            [("GPTIMAGE2_HTTP__MAXSESSIONS", "1")],
            services => services.PostConfigure<RateLimiterOptions>(limiter => limiter.GlobalLimiter = null));
        var first = await http.BeginAsync("ann");
        using var listening = await http.SendAsync(http.Legacy(HttpMethod.Get, null, first, "ann"));

        var second = await http.BeginAsync("ann");

        (await PingAsync(http, first, "ann")).ShouldBe(HttpStatusCode.OK);
        (await PingAsync(http, second, "ann")).ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<HttpStatusCode> PingAsync(RawHttp http, string session, string principal)
    {
        using var response = await http.SendAsync(http.Legacy(HttpMethod.Post, Ping, session, principal));
        await response.Content.ReadAsStringAsync(Cancellation);
        return response.StatusCode;
    }

    /// <returns>Status, headers without the date, and body.</returns>
    private static async Task<string> DescribeAsync(RawHttp http, HttpRequestMessage request)
    {
        using var response = await http.SendAsync(request);
        var headers = response.Headers.Concat(response.Content.Headers).Where(header => header.Key is not "Date").Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order();
        return $"{response.StatusCode}\n{string.Join('\n', headers)}\n\n{await response.Content.ReadAsStringAsync(Cancellation)}";
    }
}
