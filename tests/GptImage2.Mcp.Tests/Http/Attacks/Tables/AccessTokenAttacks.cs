using System.Buffers.Text;
using GptImage2.Mcp.Tests.Http.Authentication;
using Microsoft.IdentityModel.Tokens;

namespace GptImage2.Mcp.Tests.Http.Attacks.Tables;

/// <summary>Access tokens that were forged, stolen elsewhere, or may do less than they are used for.</summary>
internal static class AccessTokenAttacks
{
    public static IReadOnlyList<Attack> All { get; } =
    [
        Refused("alg none", "Alice's claims without a signature", issuer => $"{Encode("""{"alg":"none","typ":"at+jwt"}""")}.{Payload(issuer)}."),
        Refused("alg None", "the same in another case", issuer => $"{Encode("""{"alg":"NoNe","typ":"at+jwt"}""")}.{Payload(issuer)}."),
        Refused("key confusion with PEM", "HS256 with the public key as its secret", issuer => SignedWith(issuer, Encoding.ASCII.GetBytes(issuer.Rsa.Rsa.ExportSubjectPublicKeyInfoPem()))),
        Refused("key confusion with the modulus", "HS256 with the modulus as its secret", issuer => SignedWith(issuer, issuer.Rsa.Rsa.ExportParameters(false).Modulus!)),
        Refused("key in the token", "a key of one's own as jwk in the header", issuer => WithHeader(issuer, "jwk", new Dictionary<string, object> { ["kty"] = "RSA", ["n"] = "AQAB", ["e"] = "AQAB" })),
        Refused("key elsewhere", "jku and a key of one's own", issuer => WithHeader(issuer, "jku", "https://evil.example/keys")),
        Refused("key of one's own", "a known key id, another key", issuer => SignedBy(issuer, "rsa-1")),
        Refused("key id that is a path", "kid ../../../../dev/null", issuer => SignedBy(issuer, "../../../../dev/null")),
        Refused("edited claims", "Mallory's token, with Alice as its subject", Edited),
        Refused("expired", "a token of an hour ago", issuer => issuer.Issue(change: token => (token.NotBefore, token.Expires) = (token.NotBefore!.Value.AddHours(-2), token.NotBefore.Value.AddHours(-1)))),
        Refused("never expires", "a token without exp", issuer => issuer.Issue(change: token => token.Expires = null)),
        Refused("not yet valid", "a token of in two hours", issuer => issuer.Issue(change: token => (token.NotBefore, token.Expires) = (token.NotBefore!.Value.AddHours(2), token.NotBefore.Value.AddHours(3)))),
        Refused("wrong audience", "a token for another server", issuer => issuer.Issue(audience: "https://other.example.com/mcp")),
        Refused("audience and more", "a token for an address that begins alike", issuer => issuer.Issue(audience: AccessTokenServer.Audience + ".evil.example")),
        Refused("foreign issuer", "the right key, another issuer", issuer => issuer.Issue(change: token => token.Issuer = "https://evil.example")),
        Refused("id token", "a token that says who logged in elsewhere", issuer => issuer.Issue(change: token => token.Claims["nonce"] = "n")),
        Refused("no subject", "a token that names nobody", issuer => issuer.Issue(change: token => token.Claims.Remove("sub"))),
        Refused("subject with a line break", "a subject that would begin a line of the log", issuer => issuer.Issue(subject: "mallory\r\n2026-01-01 [INF] forged")),
        Owns("subject alice of the authorization server", "an access token whose subject is called as the named token", "alice"),
        Owns("subject that is an owner", "sub token:alice", "token:alice"),
        Owns("subject that ends the owner", "sub |token:alice", "|token:alice"),
        Owns("subject local", "sub local", "local"),
        Scope("drawing with a token for reading", "generate_image with images:read", "images:read", a => ("tools/call", """{"name":"generate_image","arguments":{"prompt":"a stolen toad"}}""")),
        Scope("cancelling with a token for reading", "check_job with cancel written as yes", "images:read", a => ("tools/call", $$"""{"name":"check_job","arguments":{"cancel":"yes","job":"{{a.Server.Alice.RunningJob}}"} }""")),
        Scope("cancelling a task with a token for reading", "tasks/cancel", "images:read", a => ("tasks/cancel", $$"""{"taskId":"{{a.Server.Alice.RunningJob}}"}""")),
        Scope("spending with a token for reading", "spend://summary", "images:read images:write", _ => ("resources/read", """{"uri":"spend://summary"}""")),
        Scope("spending by another word", "list_presets about money", "images:read images:write", _ => ("tools/call", """{"name":"list_presets","arguments":{"topic":"Money"}}""")),
        Scope("reading with a token for drawing", "list_images with images:write", "images:write", _ => ("tools/call", """{"name":"list_images"}""")),
        Scope("no scope", "prompts/list", "", _ => ("prompts/list", "{}")),
        Scope("scope with a suffix", "images:write.not", "images:read images:write.not", _ => ("tools/call", """{"name":"generate_image","arguments":{"prompt":"a stolen toad"}}""")),
        Scope("scope in capitals", "IMAGES:WRITE", "images:read IMAGES:WRITE", _ => ("tools/call", """{"name":"generate_image","arguments":{"prompt":"a stolen toad"}}""")),
        new("uploading with a token for reading", "POST /uploads with images:read", async a =>
        {
            var answer = await a.UploadAsync(new ByteArrayContent([1, 2, 3]), a.Server.Authorization.Issue("mallory", "images:read"));
            answer.Status.ShouldBe(403);
            return answer.ToString();
        }),
        Twice("scope by doubled name", "two names of tools, the harmless one first", """{"name":"list_images","name":"generate_image","arguments":{"prompt":"a stolen toad"},META}"""),
        Twice("scope by doubled name, reversed", "the harmless one last", """{"name":"generate_image","name":"list_images","arguments":{"prompt":"a stolen toad"},META}"""),
        Twice("scope by escaped name", "the name in escapes beside a harmless one", """{"name":"list_images","\u006eame":"generate_image","arguments":{"prompt":"a stolen toad"},META}"""),
    ];

    private static Attack Refused(string name, string tries, Func<AuthorizationServer, string> token) =>
        Attack.Refused(name, tries, a => a.ListAsync(_ => { }, token(a.Server.Authorization)), 401);

    private static Attack Owns(string name, string tries, string subject) => Attack.Harmless(
        name,
        tries,
        a => a.AskAsync("tools/call", """{"name":"list_images"}""", a.Server.Authorization.Issue(subject)),
        answer => answer.Text.ShouldStartWith("No images yet."));

    private static Attack Scope(string name, string tries, string scopes, Func<Attempt, (string Method, string Parameters)> call) => new(name, tries, async a =>
    {
        var (drawn, (method, parameters)) = (a.Server.Drawn, call(a));
        var answer = await a.AskAsync(method, parameters, a.Server.Authorization.Issue("mallory", scopes));
        (answer.Status, a.Server.Drawn).ShouldBe((403, drawn), answer.Body);
        return answer.ToString();
    });

    private static Attack Twice(string name, string tries, string parameters) => new(name, tries, async a =>
    {
        const string meta = """
            "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}
            """;
        var drawn = a.Server.Drawn;
        var body = $$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{parameters.Replace("META", meta, StringComparison.Ordinal)}} }""";
        var answer = await a.SendAsync(RawMcp.Create(a.Server.Server, body, a.Server.Authorization.Issue("mallory", "images:read"), "tools/call", "list_images"));
        a.Server.Drawn.ShouldBe(drawn);
        answer.Body.ShouldNotContain("job_");
        return answer.ToString();
    });

    private static string Payload(AuthorizationServer issuer) => issuer.Issue().Split('.')[1];

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private static string SignedWith(AuthorizationServer issuer, byte[] secret)
    {
        var head = $"{Encode("""{"alg":"HS256","typ":"at+jwt","kid":"rsa-1"}""")}.{Payload(issuer)}";
        return $"{head}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(head)))}";
    }

    private static string Edited(AuthorizationServer issuer)
    {
        var parts = issuer.Issue("mallory").Split('.');
        return $"{parts[0]}.{Encode(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])).Replace("mallory", "alice", StringComparison.Ordinal))}.{parts[2]}";
    }

    private static string SignedBy(AuthorizationServer issuer, string keyId) => issuer.Issue(
        change: token => token.SigningCredentials = new SigningCredentials(new RsaSecurityKey(RSA.Create(2048)) { KeyId = keyId }, SecurityAlgorithms.RsaSha256));

    private static string WithHeader(AuthorizationServer issuer, string name, object value) => issuer.Issue(change: token =>
    {
        token.AdditionalHeaderClaims = new Dictionary<string, object> { [name] = value };
        token.SigningCredentials = new SigningCredentials(new RsaSecurityKey(RSA.Create(2048)) { KeyId = "evil" }, SecurityAlgorithms.RsaSha256);
    });
}
