using GptImage2.Mcp.Http.Authorization;
using GptImage2.Mcp.Http.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace GptImage2.Mcp.Tests.Http;

/// <summary>Stands in for authentication, which has tests of its own: a token is the name of its principal, who may do everything.</summary>
internal sealed class BelievedPrincipals : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => application =>
    {
        application.Use(following => context =>
        {
            if (context.Request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var name])
            {
                context.User = Principal.Create($"token:{name}", Scopes.All, "believed");
            }

            return following(context);
        });
        next(application);
    };
}
