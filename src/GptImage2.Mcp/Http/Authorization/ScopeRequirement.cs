using Microsoft.AspNetCore.Authorization;

namespace GptImage2.Mcp.Http.Authorization;

/// <summary>An endpoint is for principals with this scope.</summary>
internal sealed record ScopeRequirement(string Scope) : IAuthorizationRequirement;

/// <summary>Holds principals to it.</summary>
internal sealed class ScopeRequirementHandler(Scopes scopes) : AuthorizationHandler<ScopeRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        if (scopes.Has(context.User, requirement.Scope))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
