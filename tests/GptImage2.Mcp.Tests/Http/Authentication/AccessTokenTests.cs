using System.Buffers.Text;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace GptImage2.Mcp.Tests.Http.Authentication;

public sealed class AccessTokenTests(AccessTokenServer servers) : IClassFixture<AccessTokenServer>
{
    private AuthorizationServer Authorization => servers.Authorization;

    /// <summary>What is wrong with a token, and the token.</summary>
    private Dictionary<string, Func<string>> BadTokens => new()
    {
        ["expired"] = () => Authorization.Issue(change: token => (token.NotBefore, token.Expires) = (token.NotBefore - TimeSpan.FromHours(2), token.NotBefore - TimeSpan.FromSeconds(61))),
        ["not valid yet"] = () => Authorization.Issue(change: token => token.NotBefore += TimeSpan.FromMinutes(2)),
        ["never expires"] = () => Authorization.Issue(change: token => token.Expires = null),
        ["another issuer"] = () => Authorization.Issue(change: token => token.Issuer = "https://evil.example"),
        ["no issuer"] = () => Authorization.Issue(change: token => token.Issuer = null),
        ["another audience"] = () => Authorization.Issue(audience: "https://other.example.com/mcp"),
        ["longer audience"] = () => Authorization.Issue(audience: AccessTokenServer.Audience + ".evil.example"),
        ["no audience"] = () => Authorization.Issue(change: token => token.Audience = null),
        ["no subject"] = () => Authorization.Issue(change: token => token.Claims.Remove("sub")),
        ["empty subject"] = () => Authorization.Issue(subject: ""),
        ["subject with a line break"] = () => Authorization.Issue(subject: "alice\r\nbob"),
        ["endless subject"] = () => Authorization.Issue(subject: new string('a', 256)),
        ["id token by its claims"] = () => Authorization.Issue(change: token => token.Claims["nonce"] = "n"),
        ["id token by its type"] = () => Authorization.Issue(change: token => token.TokenType = "id_token+jwt"),
        ["logout token"] = () => Authorization.Issue(change: token => token.TokenType = "logout+jwt"),
        ["alg none"] = () => Unsigned("none"),
        ["alg None"] = () => Unsigned("None"),
        ["alg none with a signature"] = () => Unsigned("none") + "AAAA",
        ["signature cut off"] = () => string.Join('.', Authorization.Issue().Split('.')[..2]) + ".",
        ["HS256 with the public key in PEM"] = () => SignedWith(Encoding.ASCII.GetBytes(Authorization.Rsa.Rsa.ExportSubjectPublicKeyInfoPem())),
        ["HS256 with the public key in DER"] = () => SignedWith(Authorization.Rsa.Rsa.ExportSubjectPublicKeyInfo()),
        ["HS256 with the modulus"] = () => SignedWith(Authorization.Rsa.Rsa.ExportParameters(false).Modulus!),
        ["edited payload"] = EditPayload,
        ["key of somebody else under a known id"] = () => SignedBy(new RsaSecurityKey(RSA.Create(2048)) { KeyId = "rsa-1" }),
        ["id that is a path"] = () => SignedBy(new RsaSecurityKey(RSA.Create(2048)) { KeyId = "../../../../etc/passwd" }),
        ["id that is SQL"] = () => SignedBy(new RsaSecurityKey(RSA.Create(2048)) { KeyId = "x' UNION SELECT 'k" }),
        ["jku"] = () => WithHeader("jku", "https://evil.example/keys"),
        ["x5u"] = () => WithHeader("x5u", "https://evil.example/cert"),
        ["jwk in the header"] = () => WithHeader("jwk", new Dictionary<string, object> { ["kty"] = "RSA", ["n"] = "AQAB", ["e"] = "AQAB" }),
        ["not a JWT"] = () => "abc",
        ["dots only"] = () => "..",
        ["five parts"] = () => "a.b.c.d.e",
        ["two tokens"] = () => $"{Authorization.Issue()}, {Authorization.Issue()}",
        ["named token"] = () => "gi2_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    };

    [Fact]
    public async Task A_token_with_any_flaw_is_refused_in_the_same_words()
    {
        List<string> letIn = [];
        HashSet<string> answers = [];
        foreach (var (flaw, create) in BadTokens)
        {
            var token = create();
            using var request = RawMcp.Create(servers.Server, "tools/list");
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
            var (status, text, challenge) = await RawMcp.SendAsync(servers.Server, request);

            answers.Add($"{text} {challenge}");
            if (status is not 401 || text.Contains(token, StringComparison.Ordinal) || challenge.Contains(token, StringComparison.Ordinal))
            {
                letIn.Add($"{flaw}: {status} {text}");
            }
        }

        letIn.ShouldBeEmpty();
        answers.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("at+jwt")]
    [InlineData("JWT")]
    [InlineData("application/at+jwt")]
    public async Task A_good_token_opens_the_server(string type)
    {
        (await RawMcp.TryAsync(servers.Server, Authorization.Issue(change: token => token.TokenType = type))).ShouldBe(200);
        (await RawMcp.TryAsync(servers.Server, Authorization.Issue(change: token =>
        {
            token.TokenType = type;
            token.SigningCredentials = new SigningCredentials(Authorization.Ec, SecurityAlgorithms.EcdsaSha256);
        }))).ShouldBe(200);
    }

    [Fact]
    public async Task Clocks_may_differ_by_a_minute() =>
        (await RawMcp.TryAsync(servers.Server, Authorization.Issue(change: token => (token.NotBefore, token.Expires) = (token.NotBefore - TimeSpan.FromHours(1), token.NotBefore - TimeSpan.FromSeconds(20))))).ShouldBe(200);

    [Fact]
    public async Task Only_one_header_counts()
    {
        var token = Authorization.Issue();
        using var inAddress = RawMcp.Create(servers.Server, "tools/list");
        inAddress.RequestUri = new Uri($"{servers.Server.Endpoint}?access_token={token}");
        using var twice = RawMcp.Create(servers.Server, "tools/list");
        twice.Headers.TryAddWithoutValidation("Authorization", [$"Bearer {token}", $"Bearer {token}"]);
        using var lowerCase = RawMcp.Create(servers.Server, "tools/list");
        lowerCase.Headers.TryAddWithoutValidation("Authorization", $"bearer {token}");
        using var basic = RawMcp.Create(servers.Server, "tools/list");
        basic.Headers.TryAddWithoutValidation("Authorization", $"Basic {token}");
        using var cookie = RawMcp.Create(servers.Server, "tools/list");
        cookie.Headers.TryAddWithoutValidation("Cookie", $"access_token={token}");

        (await RawMcp.SendAsync(servers.Server, inAddress)).Status.ShouldBe(401);
        (await RawMcp.SendAsync(servers.Server, twice)).Status.ShouldBe(401);
        (await RawMcp.SendAsync(servers.Server, basic)).Status.ShouldBe(401);
        (await RawMcp.SendAsync(servers.Server, cookie)).Status.ShouldBe(401);
        (await RawMcp.SendAsync(servers.Server, lowerCase)).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("Bearer \r\n X-Folded: {0}")]
    [InlineData("Bearer\r\n {0}")]
    [InlineData("Bearer {0}\r\nAuthorization: Bearer {0}")]
    [InlineData("Bearer {0}\n\nGET /mcp HTTP/1.1")]
    public async Task Line_breaks_in_the_header_open_nothing(string header)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(servers.Server.Address.Host, servers.Server.Address.Port, TestContext.Current.CancellationToken);
        var stream = connection.GetStream();
        var request = $"GET /mcp HTTP/1.1\r\nHost: {servers.Server.Address.Authority}\r\nConnection: close\r\nAccept: text/event-stream\r\nAuthorization: {string.Format(header, Authorization.Issue())}\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        var answer = await new StreamReader(stream).ReadLineAsync(TestContext.Current.CancellationToken);

        // With a token that counts, the server would say that there is no such session.
        (answer ?? "").ShouldMatch("^HTTP/1.1 (400|401) ");
    }

    [Fact]
    public async Task A_new_key_is_accepted_without_a_restart_and_unknown_ones_do_not_flood_the_authorization_server()
    {
        await using var authorization = await AuthorizationServer.StartAsync();
        await using var server = await AccessTokenServer.StartAsync(authorization);
        (await RawMcp.TryAsync(server, authorization.Issue())).ShouldBe(200);

        var next = new RsaSecurityKey(RSA.Create(2048)) { KeyId = "rsa-2" };
        authorization.Keys.Remove(authorization.Rsa);
        authorization.Keys.Add(next);
        (await RawMcp.TryAsync(server, authorization.Issue(change: token => token.SigningCredentials = new SigningCredentials(next, SecurityAlgorithms.RsaSha256)))).ShouldBe(200);
        (await RawMcp.TryAsync(server, authorization.Issue())).ShouldBe(401);
        var before = authorization.Discoveries;
        foreach (var number in Enumerable.Range(0, 40))
        {
            using var stranger = RSA.Create(2048);
            (await RawMcp.TryAsync(server, authorization.Issue(change: token =>
                token.SigningCredentials = new SigningCredentials(new RsaSecurityKey(stranger) { KeyId = $"stranger-{number}" }, SecurityAlgorithms.RsaSha256)))).ShouldBe(401);
        }

        (authorization.Discoveries - before).ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task Without_its_authorization_server_nobody_comes_in()
    {
        var authorization = await AuthorizationServer.StartAsync();
        await using var server = await AccessTokenServer.StartAsync(authorization);
        var token = authorization.Issue();
        await authorization.DisposeAsync();

        (await RawMcp.TryAsync(server, token)).ShouldBe(401);
    }

    [Fact]
    public async Task No_token_is_ever_logged_and_failures_are_few_lines()
    {
        using var log = new LogCapture();
        await using var server = await AccessTokenServer.StartAsync(
            Authorization, services: services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)));
        string[] tokens = [.. BadTokens.Values.Select(create => create()).Where(token => token.Length > 40), Authorization.Issue()];
        foreach (var token in tokens)
        {
            using var request = RawMcp.Create(server, "tools/list");
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
            await RawMcp.SendAsync(server, request);
        }

        var parts = tokens.SelectMany(token => token.Split('.', ',', ' ')).Where(part => part.Length > 30).ToHashSet();
        log.Lines.Count.ShouldBeGreaterThan(10);
        log.Lines.Where(line => parts.Any(part => line.Text.Contains(part, StringComparison.Ordinal))).ShouldBeEmpty();
        log.Lines.Count(line => line.Level is LogLevel.Warning && line.Text.StartsWith("Not let in", StringComparison.Ordinal)).ShouldBeInRange(1, 10);
        log.Lines.ShouldContain(line => line.Text.Contains("127.0.0.1: the access token has expired", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/.well-known/oauth-protected-resource")]
    [InlineData("/.well-known/oauth-protected-resource/mcp")]
    public async Task The_metadata_says_where_tokens_are_to_be_had(string path)
    {
        var document = JsonNode.Parse(await servers.Server.Http.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken))!;

        document["resource"]!.GetValue<string>().ShouldBe(servers.Server.Endpoint.ToString());
        document["authorization_servers"]!.ToJsonString().ShouldBe($"[\"{Authorization.Issuer}\"]");
        document["scopes_supported"]!.ToJsonString().ShouldBe("""["images:read","images:write","spend:read"]""");
        document["bearer_methods_supported"]!.ToJsonString().ShouldBe("""["header"]""");
        document["resource_name"]!.GetValue<string>().ShouldBe("gptimage2-mcp");
    }

    [Fact]
    public async Task A_request_without_a_token_learns_where_to_go()
    {
        var (status, text, challenge) = await RawMcp.SendAsync(servers.Server, RawMcp.Create(servers.Server, "tools/list"));

        status.ShouldBe(401);
        challenge.ShouldBe($"Bearer scope=\"images:read images:write spend:read\", resource_metadata=\"{servers.Server.Address}.well-known/oauth-protected-resource/mcp\"");
        text.ShouldContain("Authorization: Bearer");
        (await RawMcp.SendAsync(servers.Server, RawMcp.Create(servers.Server, "tools/list", token: "a.b.c"))).Challenge.ShouldStartWith("Bearer error=\"invalid_token\"");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/mcp")]
    [InlineData("/anything")]
    [InlineData("/MCP")]
    [InlineData("/mcp/")]
    public async Task Whatever_has_no_reason_to_be_open_is_closed(string path)
    {
        using var response = await servers.Server.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        ((int)response.StatusCode).ShouldBe(401);
    }

    private string Unsigned(string algorithm)
    {
        var payload = Authorization.Issue().Split('.')[1];
        return $"{Base64Url.EncodeToString(Encoding.ASCII.GetBytes($$"""{"alg":"{{algorithm}}","typ":"at+jwt"}"""))}.{payload}.";
    }

    /// <summary>As a server would accept that takes the public key for a shared secret.</summary>
    private string SignedWith(byte[] secret)
    {
        var head = $"{Base64Url.EncodeToString("""{"alg":"HS256","typ":"at+jwt","kid":"rsa-1"}"""u8)}.{Authorization.Issue().Split('.')[1]}";
        return $"{head}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(head)))}";
    }

    private string EditPayload()
    {
        var parts = Authorization.Issue(subject: "mallory").Split('.');
        var payload = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])).Replace("mallory", "alice", StringComparison.Ordinal);
        return $"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}.{parts[2]}";
    }

    private string SignedBy(RsaSecurityKey key) => Authorization.Issue(change: token => token.SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256));

    private string WithHeader(string name, object value) => Authorization.Issue(change: token =>
    {
        token.AdditionalHeaderClaims = new Dictionary<string, object> { [name] = value };
        token.SigningCredentials = new SigningCredentials(new RsaSecurityKey(RSA.Create(2048)) { KeyId = "evil" }, SecurityAlgorithms.RsaSha256);
    });
}
