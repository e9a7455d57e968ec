using Azure.Core;
using GptImage2.Backends.Http;

namespace GptImage2.Backends.OpenAI.Azure;

/// <summary>Azure OpenAI and Azure AI Foundry: OpenAI's API at an address of the user's own, for a deployment that the user has named.</summary>
internal static class AzureService
{
    private static readonly ServiceWords Words = new()
    {
        Name = "Azure OpenAI",
        KeySetting = "AZURE_OPENAI_API_KEY",
        AccountSettings = "AZURE_OPENAI_API_KEY and AZURE_OPENAI_ENDPOINT, which belong together,",
        Permissions = "the role of whoever asks (Cognitive Services OpenAI User is enough), the resource's network rules, AZURE_OPENAI_API_KEY and AZURE_OPENAI_ENDPOINT",
        AddressSetting = "AZURE_OPENAI_ENDPOINT",
        AddressExample = "it looks like https://NAME.openai.azure.com or https://NAME.services.ai.azure.com, and older resources need a dated AZURE_OPENAI_API_VERSION",
        ModelAdvice = "The user must set AZURE_OPENAI_DEPLOYMENT to the name of a deployment of this resource and restart this server; a new one takes some minutes.",
        TimeoutSetting = "GPTIMAGE2_OPENAI__TIMEOUTSECONDS",
        StreamAdvice = "The user can set GPTIMAGE2_OPENAI__STREAM=false and restart this server.",
        NoCredit = "The Azure subscription has no quota or credit left for this. The user can look at it in the Azure portal and then call again.",
        SpendingLimit = limit => $"The {limit}'s spending limit on Azure is reached. The user can raise it in the Azure portal and then call again.",
    };

    /// <param name="handler">For questions about the deployment. Stays the caller's.</param>
    /// <param name="createCredential">Where a token comes from if there is no key; null for what Azure's own tools use.</param>
    public static ImagesService Create(AzureOptions options, HttpMessageHandler handler, TimeProvider time, Func<TokenCredential>? createCredential = null)
    {
        var address = AzureAddress.Parse(options);
        var credentials = new AzureCredentials(options.ApiKey, address.Scope, time, createCredential ?? AzureCredentials.CreateDefault);
        var deployment = new AzureDeployment(options, address, credentials, time);
        var discovered = deployment.CanBeAsked ? DiscoverAsync(deployment, handler) : Task.CompletedTask;
        return new ImagesService
        {
            Name = "azure",
            Words = Words,
            BaseUrl = address.Root,
            GetUrl = address.GetUrl,
            AuthorizeAsync = credentials.AuthorizeAsync,
            HasCredentials = options.ApiKey is not { IsSendable: false },
            Secret = options.ApiKey ?? new Secret(""),
            GetProfile = () => deployment.Profile,
            PrepareAsync = discovered.WaitAsync,
            ModelName = address.Deployment,
            Streams = options.Stream,
            Timeout = options.Timeout,
            CheckAsync = (service, http, cancellationToken) => CheckAsync(service, address, deployment, http, cancellationToken),
        };
    }

    /// <summary>In the background, before anybody asks; whoever runs doctor is told why it fails.</summary>
    private static async Task DiscoverAsync(AzureDeployment deployment, HttpMessageHandler handler)
    {
        try
        {
            using var http = new HttpClient(handler, disposeHandler: false);
            await deployment.DiscoverAsync(http, CancellationToken.None);
        }
        catch (ImageException wrong)
        {
            _ = wrong;
        }
    }

    /// <summary>Asks for the resource's models, and for the deployment's where the project is known. Costs nothing.</summary>
    private static async Task<string> CheckAsync(ImagesService service, AzureAddress address, AzureDeployment deployment, HttpClient http, CancellationToken cancellationToken)
    {
        if (!service.HasCredentials)
        {
            throw new ImageException(new OpenAIErrorTexts(service).MalformedApiKey());
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, address.GetUrl("models"));
        await service.AuthorizeAsync(request, cancellationToken);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var (host, status) = (address.Root.Host, (int)response.StatusCode);
            var problem = status switch
            {
                >= 200 and < 300 => null,
                401 or 403 => (FailureCode.AccessDenied, $"{host} refuses access ({status}). Check {Words.Permissions}."),
                404 => (FailureCode.ServiceFailed, $"{host} has no such API ({status}). Check AZURE_OPENAI_ENDPOINT and AZURE_OPENAI_API_VERSION; {Words.AddressExample}."),
                _ => ((FailureCode, string)?)(FailureCode.ServiceFailed, $"{host} responded with status {status}."),
            };
            return problem is var (code, message)
                ? throw new ImageException(new Failure { Code = code, Message = message })
                : $"{host} responds and grants access; deployment {address.Deployment}{await DescribeModelAsync(deployment, http, cancellationToken)}, {(address.IsClassic ? "classic addresses" : "addresses of v1")}, api-version {address.ApiVersion}";
        }
        catch (HttpRequestException unreachable)
        {
            throw new ImageException(new OpenAIErrorTexts(service).Unreachable(unreachable.HttpRequestError), unreachable);
        }
    }

    private static async Task<string> DescribeModelAsync(AzureDeployment deployment, HttpClient http, CancellationToken cancellationToken) =>
        !deployment.CanBeAsked ? ""
        : await deployment.DiscoverAsync(http, cancellationToken) is { } model ? $" of {model}"
        : ", whose model the project does not tell: set AZURE_OPENAI_MODEL";
}
