using System.Buffers.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GptImage2.Mcp.Tests.Http.Authentication;

/// <summary>A small but real authorization server on this machine: discovery, keys that rotate, the code flow with PKCE, and any token one could wish for.</summary>
internal sealed class AuthorizationServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<string, (string Challenge, string Scope, string Resource)> _codes = new();
    private int _discoveries;

    private AuthorizationServer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        _application = builder.Build();
        _application.MapGet("/.well-known/openid-configuration", context => WriteAsync(context, Describe()));
        _application.MapGet("/.well-known/oauth-authorization-server", context => WriteAsync(context, Describe()));
        _application.MapGet("/keys", context => WriteAsync(context, new JsonObject { ["keys"] = new JsonArray([.. Keys.Select(ToJwk)]) }));
        _application.MapGet("/authorize", AuthorizeAsync);
        _application.MapPost("/token", RedeemAsync);
    }

    public string Issuer { get; private set; } = "";

    public RsaSecurityKey Rsa { get; } = new(RSA.Create(2048)) { KeyId = "rsa-1" };

    public ECDsaSecurityKey Ec { get; } = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "ec-1" };

    /// <summary>Those that it publishes.</summary>
    public List<SecurityKey> Keys { get; } = [];

    /// <summary>How often somebody has asked for its configuration.</summary>
    public int Discoveries => Volatile.Read(ref _discoveries);

    /// <summary>The last request of the code flow.</summary>
    public IReadOnlyDictionary<string, string> LastAuthorization { get; private set; } = new Dictionary<string, string>();

    public static async Task<AuthorizationServer> StartAsync()
    {
        var server = new AuthorizationServer();
        server.Keys.AddRange([server.Rsa, server.Ec]);
        await server._application.StartAsync();
        server.Issuer = server._application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return server;
    }

    /// <summary>A good access token, unless told otherwise.</summary>
    public string Issue(
        string subject = "alice", string scope = "images:read images:write spend:read", string audience = AccessTokenServer.Audience, Action<SecurityTokenDescriptor>? change = null)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddMinutes(5),
            TokenType = "at+jwt",
            Claims = new Dictionary<string, object> { ["sub"] = subject, ["scope"] = scope },
            SigningCredentials = new SigningCredentials(Rsa, SecurityAlgorithms.RsaSha256),
        };
        change?.Invoke(descriptor);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private JsonObject Describe()
    {
        Interlocked.Increment(ref _discoveries);
        return new JsonObject
        {
            ["issuer"] = Issuer,
            ["jwks_uri"] = $"{Issuer}/keys",
            ["authorization_endpoint"] = $"{Issuer}/authorize",
            ["token_endpoint"] = $"{Issuer}/token",
            ["response_types_supported"] = new JsonArray("code"),
            ["code_challenge_methods_supported"] = new JsonArray("S256"),
            ["grant_types_supported"] = new JsonArray("authorization_code"),
            ["token_endpoint_auth_methods_supported"] = new JsonArray("none"),
        };
    }

    private static JsonNode ToJwk(SecurityKey key)
    {
        var jwk = key is RsaSecurityKey rsa
            ? JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(rsa.Rsa.ExportParameters(false)) { KeyId = key.KeyId })
            : JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(ECDsa.Create(((ECDsaSecurityKey)key).ECDsa.ExportParameters(false))) { KeyId = key.KeyId });
        return key is RsaSecurityKey
            ? new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = jwk.Kid, ["n"] = jwk.N, ["e"] = jwk.E }
            : new JsonObject { ["kty"] = "EC", ["use"] = "sig", ["kid"] = jwk.Kid, ["crv"] = jwk.Crv, ["x"] = jwk.X, ["y"] = jwk.Y };
    }

    /// <summary>Its one user always agrees.</summary>
    private Task AuthorizeAsync(HttpContext context)
    {
        LastAuthorization = context.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _codes[code] = (LastAuthorization["code_challenge"], LastAuthorization.GetValueOrDefault("scope", ""), LastAuthorization.GetValueOrDefault("resource", ""));
        context.Response.Redirect($"{LastAuthorization["redirect_uri"]}?code={code}&state={LastAuthorization.GetValueOrDefault("state", "")}&iss={Uri.EscapeDataString(Issuer)}");
        return Task.CompletedTask;
    }

    private async Task RedeemAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var isRight = _codes.TryRemove(form["code"].ToString(), out var asked)
            && Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) == asked.Challenge;
        context.Response.StatusCode = isRight ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        await WriteAsync(context, isRight
            ? new JsonObject { ["access_token"] = Issue(scope: asked.Scope, audience: asked.Resource), ["token_type"] = "Bearer", ["expires_in"] = 300, ["scope"] = asked.Scope }
            : new JsonObject { ["error"] = "invalid_grant" });
    }

    private static Task WriteAsync(HttpContext context, JsonObject json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json.ToJsonString());
    }
}
