using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI.Models;

namespace GptImage2.Backends.OpenAI;

/// <summary>OpenAI itself.</summary>
internal static class OpenAIService
{
    public const string SettingsPage = "https://platform.openai.com/settings/organization";

    private static readonly ServiceWords Words = new()
    {
        Name = "OpenAI",
        KeySetting = "OPENAI_API_KEY",
        AccountSettings = "OPENAI_API_KEY, OPENAI_ORG_ID and OPENAI_PROJECT_ID",
        Permissions = "the key's permissions, OPENAI_ORG_ID and OPENAI_PROJECT_ID",
        AddressSetting = "OPENAI_BASE_URL",
        AddressExample = "OpenAI's own is https://api.openai.com/v1",
        ModelAdvice = "The user can set GPTIMAGE2_MODEL to another, for example gpt-image-2, and restart this server.",
        TimeoutSetting = "GPTIMAGE2_OPENAI__TIMEOUTSECONDS",
        StreamAdvice = "The user can set GPTIMAGE2_OPENAI__STREAM=false and restart this server.",
        NoCredit = $"The OpenAI account has no credit left. The user can add some at {SettingsPage}/billing and then call again.",
        SpendingLimit = limit => $"The OpenAI {limit}'s spending limit is reached. The user can raise it at {SettingsPage}/limits and then call again.",
    };

    public static ImagesService Create(OpenAIOptions options)
    {
        var profile = OpenAIModels.Resolve(options.Model) with { PartialImages = options.PartialImages };
        return new ImagesService
        {
            Name = "openai",
            Words = Words,
            BaseUrl = options.BaseUrl,
            GetUrl = options.GetUrl,
            AuthorizeAsync = (request, _) => Authorize(request, options),
            HasCredentials = options.ApiKey.IsSendable,
            Secret = options.ApiKey,
            GetProfile = () => profile,
            Streams = options.Stream is not false,
            Timeout = options.Timeout,
            CheckAsync = (service, http, cancellationToken) => OpenAIHealthCheck.RunAsync(service, options.Model, http, cancellationToken),
        };
    }

    private static ValueTask Authorize(HttpRequestMessage request, OpenAIOptions options)
    {
        request.AddBearer(options.ApiKey);
        request.AddHeader("OpenAI-Organization", options.Organization);
        request.AddHeader("OpenAI-Project", options.Project);
        return ValueTask.CompletedTask;
    }
}
