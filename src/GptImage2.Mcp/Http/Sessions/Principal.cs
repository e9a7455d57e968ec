using System.Security.Claims;
using GptImage2.Generation.Requests;
using GptImage2.Mcp.Http.Authorization;

namespace GptImage2.Mcp.Http.Sessions;

/// <summary>Who a request is from. Every way of authenticating ends in the same claims.</summary>
internal static class Principal
{
    /// <summary>Says whose images and jobs these are: <c>token:NAME</c>, or <c>oauth:ISSUER|SUBJECT</c>.</summary>
    public const string OwnerClaim = "gptimage2:owner";

    private const string ExpiresClaim = "gptimage2:expires";

    /// <summary>An authenticated principal; the SDK binds sessions to its name.</summary>
    /// <param name="scheme">How it was authenticated.</param>
    /// <param name="expires">When it has to be authenticated anew; null for never.</param>
    public static ClaimsPrincipal Create(string owner, IEnumerable<string> scopes, string scheme, DateTimeOffset? expires = null) => new(new ClaimsIdentity(
        [
            new Claim(OwnerClaim, owner),
            new Claim(ClaimTypes.NameIdentifier, owner),
            .. scopes.Select(scope => new Claim(Scopes.Claim, scope)),
            .. expires is { } end ? [new Claim(ExpiresClaim, $"{end.ToUnixTimeSeconds()}")] : Array.Empty<Claim>(),
        ],
        scheme));

    /// <summary>When it has to be authenticated anew, or null for never.</summary>
    public static DateTimeOffset? GetExpiry(ClaimsPrincipal user) =>
        user.FindFirst(ExpiresClaim) is { Value: var seconds } ? DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture)) : null;

    /// <summary>The owner; where nobody is asked who they are, the user of this machine.</summary>
    /// <exception cref="InvalidOperationException">It is authenticated, but by nobody who says whose it is.</exception>
    public static string GetOwner(ClaimsPrincipal? user) => user?.Identity?.IsAuthenticated is not true
        ? Caller.Local.Owner
        : user.FindFirst(OwnerClaim)?.Value ?? throw new InvalidOperationException($"An authenticated principal without {OwnerClaim}.");
}
