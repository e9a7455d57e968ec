using System.Text.Encodings.Web;
using GptImage2.Mcp.Http.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace GptImage2.Mcp.Http.Authentication;

/// <summary>Lets in who has a named token. Such a principal may do everything.</summary>
internal sealed class NamedTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, NamedTokens tokens, FailedAttempts failures)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "NamedToken";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(BearerToken.Read(Request) switch
    {
        { IsMalformed: true } => Fail("the header Authorization is not one bearer token"),
        { Text: null } => AuthenticateResult.NoResult(),
        { Text: var text } => tokens.FindName(text) is { } name
            ? AuthenticateResult.Success(new AuthenticationTicket(Principal.Create($"token:{name}", Authorization.Scopes.All, SchemeName), SchemeName))
            : Fail("nobody has this named token"),
    });

    private AuthenticateResult Fail(string reason)
    {
        failures.Report(Context, reason);
        return AuthenticateResult.Fail(reason);
    }
}
