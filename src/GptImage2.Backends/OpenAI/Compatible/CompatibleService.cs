using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI.Compatible.Requests;
using GptImage2.Backends.OpenAI.Compatible.Servers;
using GptImage2.Generation.Inputs;

namespace GptImage2.Backends.OpenAI.Compatible;

/// <summary>A compatible server as a service of the one client.</summary>
internal static class CompatibleService
{
    private const string Key = "GPTIMAGE2_COMPATIBLE__APIKEY";
    private const string Url = "GPTIMAGE2_COMPATIBLE__URL";

    public static ImagesService Create(CompatibleOptions options, FoundServer found, HttpClient http, IRemoteImageFetcher internet)
    {
        var (server, address) = (found.Traits, ApiAddress.Parse(options.Url));
        var profile = CompatibleModels.Create(server, options.Model);
        var answers = new AnswerReader(address, http, options.Authorize, internet);
        return new ImagesService
        {
            Name = CompatibleBackend.BackendName,
            Words = CreateWords(server),
            BaseUrl = new Uri(address.Api),
            GetUrl = path => $"{address.Api}/{path}",
            AuthorizeAsync = (request, _) =>
            {
                options.Authorize(request);
                return ValueTask.CompletedTask;
            },
            HasCredentials = options.ApiKey is not { IsSendable: false },
            Secret = options.ApiKey ?? new Secret(""),
            GetProfile = () => profile,
            ModelName = options.Model,
            Streams = false,
            Timeout = options.Timeout,
            CreateCalls = new CompatibleCalls(server, options.Model).Create,
            ReadAnswerAsync = answers.ReadAsync,
            ReportsCost = server.ReportsCost,
            CheckAsync = (_, _, _) => throw new NotSupportedException("The backend around it checks."),
        };
    }

    private static ServiceWords CreateWords(ServerTraits server)
    {
        var name = $"{char.ToUpperInvariant(server.Title[0])}{server.Title[1..]}";
        return new ServiceWords
        {
            Name = server.Title.StartsWith("stable", StringComparison.Ordinal) ? "sd-server" : server.Id is "unknown" ? "The server" : name,
            KeySetting = Key,
            AccountSettings = $"{Key} and {Url}",
            Permissions = $"{Key} and what its owner may do there",
            AddressSetting = Url,
            AddressExample = "it is what precedes /v1/images/generations",
            ModelAdvice = "The user can set GPTIMAGE2_COMPATIBLE__MODEL to one that it has, which doctor lists, and restart this server.",
            TimeoutSetting = "GPTIMAGE2_OPENAI__TIMEOUTSECONDS",
            StreamAdvice = "Change the arguments and call again.",
            NoCredit = $"The account at {server.Title} has no credit left. The user can add some there and then call again.",
            SpendingLimit = limit => $"The {limit}'s spending limit at {server.Title} is reached. The user can raise it there and then call again.",
            IsFree = server.IsFree,
        };
    }
}
