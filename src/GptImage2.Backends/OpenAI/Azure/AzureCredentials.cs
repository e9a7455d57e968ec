using System.Diagnostics.CodeAnalysis;
using Azure.Core;
using Azure.Identity;
using GptImage2.Backends.Http;

namespace GptImage2.Backends.OpenAI.Azure;

/// <summary>Says who asks: by the key, or by a token of Microsoft Entra ID, kept as long as it is good.</summary>
/// <param name="createCredential">Called once, with the first request that needs a token.</param>
internal sealed class AzureCredentials(Secret? key, string scope, TimeProvider time, Func<TokenCredential> createCredential)
{
    /// <summary>A token is replaced so long before it ends.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly Lazy<TokenCredential> _credential = new(createCredential);
    private AccessToken? _token;

    /// <summary>
    /// The native executable for stdio leaves out what only servers need: the library behind it would make it a sixth larger (5 MB), while the
    /// developer tools take less than one.
    /// </summary>
    [FeatureSwitchDefinition("GptImage2.Mcp.Http")]
    private static bool HasEveryWay => !AppContext.TryGetSwitch("GptImage2.Mcp.Http", out var isServer) || isServer;

    /// <summary>The ways that Azure's own tools take, one after another: environment, workload and managed identity, and who is signed in to the developer tools.</summary>
    public static TokenCredential CreateDefault() => HasEveryWay ? new DefaultAzureCredential() : new ChainedTokenCredential(new AzureCliCredential(), new AzureDeveloperCliCredential());

    /// <exception cref="ImageException">There is neither a key nor a token.</exception>
    public async ValueTask AuthorizeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (key is not null)
        {
            request.AddHeader("api-key", key.Reveal());
            return;
        }

        request.AddHeader("Authorization", $"Bearer {await GetTokenAsync(cancellationToken)}");
    }

    private async ValueTask<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        if (_token is { } known && known.ExpiresOn - Margin > time.GetUtcNow())
        {
            return known.Token;
        }

        try
        {
            var token = await _credential.Value.GetTokenAsync(new TokenRequestContext([scope]), cancellationToken);
            _token = token;
            return token.Token;
        }
        catch (AuthenticationFailedException failed)
        {
            throw new ImageException(CreateFailure(failed), failed);
        }
    }

    private static Failure CreateFailure(AuthenticationFailedException failed) => new()
    {
        Code = FailureCode.AccessDenied,
        Message = $"AZURE_OPENAI_API_KEY is not set, and Microsoft Entra ID gave no token{ServiceMessageSanitizer.QuoteAfterColon(failed.Message, new Secret(""))} "
            + "The user can set the key, or sign in on this machine, for example with az login. Nothing was sent.",
    };
}
