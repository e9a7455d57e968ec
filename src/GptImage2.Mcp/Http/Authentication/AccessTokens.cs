using GptImage2.Mcp.Http.Authorization;
using GptImage2.Mcp.Http.Sessions;
using GptImage2.Mcp.Http.Settings;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GptImage2.Mcp.Http.Authentication;

/// <summary>Which access tokens of the authorization server are accepted: signed JWTs (RFC 9068) that were issued for this server.</summary>
internal static class AccessTokens
{
    /// <summary>What OpenID Connect allows.</summary>
    private const int MaxSubjectLength = 255;

    private static readonly string[] ScopeClaims = ["scope", "scp"];

    /// <summary>Claims that only id tokens have, which say who logged in somewhere and open nothing.</summary>
    private static readonly string[] IdTokenClaims = ["nonce", "at_hash", "c_hash"];

    public static void Configure(JwtBearerOptions jwt, HttpOptions options)
    {
        var authority = options.Authority!;
        jwt.Authority = authority.OriginalString;
        jwt.RequireHttpsMetadata = !authority.IsLoopback;
        jwt.MapInboundClaims = false;
        jwt.SaveToken = false;
        jwt.IncludeErrorDetails = false;
        jwt.BackchannelTimeout = TimeSpan.FromSeconds(10);

        // A key that is not known may be new. How often that is looked up, nobody else decides.
        jwt.RefreshOnIssuerKeyNotFound = true;
        jwt.RefreshInterval = TimeSpan.FromMinutes(1);
        jwt.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = options.Audience ?? options.PublicUrl!.GetLeftPart(UriPartial.Path).TrimEnd('/') + HttpEndpoints.Mcp,
            ValidAlgorithms =
            [
                SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
                SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
                SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
            ],
            TypeValidator = (type, _, _) => type is not null && (IsType(type, "at+jwt") || IsType(type, "application/at+jwt") || IsType(type, "JWT"))
                ? type
                : throw new SecurityTokenInvalidTypeException(),
            ClockSkew = TimeSpan.FromSeconds(60),
            RequireExpirationTime = true,
            RequireSignedTokens = true,
        };
        jwt.Events = new JwtBearerEvents { OnMessageReceived = ReadToken, OnTokenValidated = CreatePrincipal, OnAuthenticationFailed = ReportFailure };
    }

    /// <summary>The first request with a new key waits for the keys to be read again, instead of being refused. Holds for the process.</summary>
    public static void WaitForNewKeys() => AppContext.SetSwitch("Switch.Microsoft.IdentityModel.UpdateConfigAsBlocking", true);

    /// <summary>A key that its owner has taken back opens nothing any more.</summary>
    public static void ForgetOldKeys(JwtBearerOptions jwt) => ((BaseConfigurationManager)jwt.ConfigurationManager!).UseLastKnownGoodConfiguration = false;

    private static Task ReadToken(MessageReceivedContext context)
    {
        var token = BearerToken.Read(context.Request);
        if (token.IsMalformed)
        {
            const string reason = "the header Authorization is not one bearer token";
            Report(context.HttpContext, reason);
            context.Fail(reason);
        }
        else if (token.Text is { } text)
        {
            context.Token = text;
        }
        else
        {
            context.NoResult();
        }

        return Task.CompletedTask;
    }

    /// <summary>Keeps of the token only who it is from, and what that may do.</summary>
    private static Task CreatePrincipal(TokenValidatedContext context)
    {
        var token = (JsonWebToken)context.SecurityToken;
        if (IdTokenClaims.Any(claim => token.TryGetPayloadValue<object>(claim, out _)))
        {
            Refuse(context, "an id token, not an access token");
        }
        else if (token.Subject is not { Length: > 0 and <= MaxSubjectLength } subject || subject.Any(char.IsControl))
        {
            Refuse(context, "the access token names no subject");
        }
        else
        {
            string[] granted = [.. token.Claims.Where(claim => ScopeClaims.Contains(claim.Type)).SelectMany(claim => claim.Value.Split(' '))];
            context.Principal = Principal.Create($"oauth:{token.Issuer}|{subject}", Scopes.All.Intersect(granted), context.Scheme.Name, new DateTimeOffset(token.ValidTo, TimeSpan.Zero));
        }

        return Task.CompletedTask;
    }

    private static Task ReportFailure(AuthenticationFailedContext context)
    {
        var reason = Describe(context.Exception);
        Report(context.HttpContext, reason);

        // Instead of the exception, whose words may quote the token.
        context.Fail(reason);
        return Task.CompletedTask;
    }

    private static string Describe(Exception failure) => failure switch
    {
        SecurityTokenExpiredException => "the access token has expired",
        SecurityTokenNotYetValidException => "the access token is not valid yet",
        SecurityTokenInvalidIssuerException => "the access token is from another issuer",
        SecurityTokenInvalidAudienceException => "the access token is for another audience",
        SecurityTokenInvalidTypeException => "not an access token by its type",
        SecurityTokenInvalidAlgorithmException => "the access token is signed in a way that is not accepted",
        SecurityTokenSignatureKeyNotFoundException => "the access token is signed with an unknown key",
        SecurityTokenInvalidSignatureException => "the access token's signature is wrong",
        SecurityTokenNoExpirationException => "the access token never expires",
        SecurityTokenMalformedException => "the access token is malformed",
        _ => "the access token cannot be validated",
    };

    private static void Refuse(TokenValidatedContext context, string reason)
    {
        Report(context.HttpContext, reason);
        context.Fail(reason);
    }

    private static void Report(Microsoft.AspNetCore.Http.HttpContext context, string reason) => context.RequestServices.GetRequiredService<FailedAttempts>().Report(context, reason);

    private static bool IsType(string type, string expected) => type.Equals(expected, StringComparison.OrdinalIgnoreCase);
}
