using GptImage2.Mcp.Http.Authorization;
using GptImage2.Mcp.Http.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.AspNetCore.Authentication;
using ModelContextProtocol.Authentication;

namespace GptImage2.Mcp.Http.Authentication;

/// <summary>Who may come in. Without either setting everybody may, and the server is for this machine only.</summary>
internal static class AuthenticationSetup
{
    /// <summary>Chooses by what the token looks like, where there are both ways.</summary>
    private const string EitherScheme = "NamedOrAccessToken";

    /// <exception cref="Configuration.InvalidSettingsException">The file of named tokens cannot be used.</exception>
    public static IServiceCollection AddServerAuthentication(this IServiceCollection services, HttpOptions options)
    {
        services
            .AddSingleton<Scopes>()
            .AddSingleton<ResourceAddress>()
            .AddSingleton<AccessResponses>()
            .AddSingleton<IAuthorizationMiddlewareResultHandler>(provider => provider.GetRequiredService<AccessResponses>())
            .AddSingleton<IAuthorizationHandler, ScopeRequirementHandler>()
            .AddSingleton<ScopeGate>()
            .AddSingleton<FailedAttempts>()
            .AddSingleton<OpenStreams>()
            .AddAuthorization(authorization => Configure(authorization, options));

        var authentication = services.AddAuthentication(GetDefaultScheme(options) ?? "");
        if (options.TokenFile is { } path)
        {
            var file = new TokenFile(path);
            file.Read();
            services.AddSingleton(file).AddSingleton<NamedTokens>();
            authentication.AddScheme<AuthenticationSchemeOptions, NamedTokenHandler>(NamedTokenHandler.SchemeName, null);
        }

        if (options.Authority is not null)
        {
            authentication.AddJwtBearer(jwt => AccessTokens.Configure(jwt, options)).AddMcp(mcp => mcp.Events.OnResourceMetadataRequest = DescribeResource);
            services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, AccessTokens.ForgetOldKeys);
            AccessTokens.WaitForNewKeys();
        }

        if (options is { TokenFile: not null, Authority: not null })
        {
            authentication.AddPolicyScheme(EitherScheme, null, either => either.ForwardDefaultSelector = context =>
                BearerToken.Read(context.Request).IsNamed ? NamedTokenHandler.SchemeName : JwtBearerDefaults.AuthenticationScheme);
        }

        return services;
    }

    /// <summary>Between routing and everything that asks whose a request is.</summary>
    public static void UseServerAuthentication(this WebApplication application)
    {
        // Its warnings belong to the start.
        _ = application.Services.GetService<NamedTokens>();
        application.UseAuthentication();
        application.UseAuthorization();
    }

    /// <summary>Clients look for documents that this server does not have; that needs no token.</summary>
    public static void MapMissingDocuments(this IEndpointRouteBuilder endpoints) =>
        endpoints.Map("/.well-known/{**document}", context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }).WithMetadata(new AllowAnonymousAttribute());

    private static string? GetDefaultScheme(HttpOptions options) => options switch
    {
        { TokenFile: not null, Authority: not null } => EitherScheme,
        { TokenFile: not null } => NamedTokenHandler.SchemeName,
        { Authority: not null } => JwtBearerDefaults.AuthenticationScheme,
        _ => null,
    };

    /// <summary>An endpoint that says nothing about who may use it is for known principals only.</summary>
    private static void Configure(AuthorizationOptions authorization, HttpOptions options)
    {
        authorization.FallbackPolicy = options.RequiresAuthentication ? new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build() : null;
        foreach (var scope in Scopes.All)
        {
            authorization.AddPolicy(scope, policy => policy.AddRequirements(new ScopeRequirement(scope)));
        }
    }

    /// <summary>RFC 9728.</summary>
    private static Task DescribeResource(ResourceMetadataRequestContext context)
    {
        var services = context.HttpContext.RequestServices;
        context.ResourceMetadata = new ProtectedResourceMetadata
        {
            Resource = services.GetRequiredService<ResourceAddress>().GetResource(context.Request),
            AuthorizationServers = [services.GetRequiredService<HttpOptions>().Authority!.OriginalString],
            ScopesSupported = [.. Scopes.All],
            BearerMethodsSupported = ["header"],
            ResourceName = Server.ServerDefinition.Name,
        };
        return Task.CompletedTask;
    }
}
