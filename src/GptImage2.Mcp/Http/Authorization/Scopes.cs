using System.Security.Claims;
using GptImage2.Mcp.Http.Settings;
using GptImage2.Mcp.Tools.Base;

namespace GptImage2.Mcp.Http.Authorization;

/// <summary>What a principal may do, in the words of OAuth. Each scope is also the name of an authorization policy for endpoints.</summary>
internal sealed class Scopes(HttpOptions options)
{
    /// <summary>One claim for each scope of a principal.</summary>
    public const string Claim = "gptimage2:scope";

    public const string Read = "images:read";
    public const string Write = "images:write";
    public const string Spending = "spend:read";

    public static IReadOnlyList<string> All { get; } = [Read, Write, Spending];

    public static string Get(AccessRight right) => right switch
    {
        AccessRight.Read => Read,
        AccessRight.ReadSpending => Spending,
        _ => Write,
    };

    /// <summary>Where nobody is asked who they are, everybody may do everything.</summary>
    public IReadOnlyList<string> Of(ClaimsPrincipal? user) =>
        user?.Identity?.IsAuthenticated is true ? [.. All.Where(scope => user.HasClaim(Claim, scope))]
        : options.RequiresAuthentication ? []
        : All;

    public bool Has(ClaimsPrincipal? user, string scope) => Of(user).Contains(scope);

    /// <summary>Whether anything can be refused to the principal.</summary>
    public bool IsRestricted(ClaimsPrincipal? user) => Of(user).Count < All.Count;
}
