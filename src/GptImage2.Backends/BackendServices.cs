using GptImage2.Backends.Downloads;
using GptImage2.Backends.Http;
using GptImage2.Backends.Local;
using GptImage2.Backends.OpenAI;
using GptImage2.Backends.OpenAI.Azure;
using GptImage2.Backends.OpenAI.Compatible;
using GptImage2.Backends.OpenAI.Models;
using GptImage2.Backends.Scenario;
using GptImage2.Backends.Scenario.Models;
using GptImage2.Backends.Sketch;
using GptImage2.Generation.Inputs;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GptImage2.Backends;

public static class BackendServices
{
    private const string NoKey = "the server has no OPENAI_API_KEY";

    /// <summary>The names of all backends that draw, in the order in which <c>auto</c> looks for what they need.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Describe(new BackendOptions { Model = OpenAIModels.Default }).Select(backend => backend.Models.Backend)];

    extension(IServiceCollection services)
    {
        /// <summary>Adds downloads and the backends that the options name.</summary>
        public IServiceCollection AddGptImage2(BackendOptions options)
        {
            foreach (var backend in Describe(options))
            {
                services.AddSingleton(backend.Models);
            }

            return services
                .AddSingleton<IRemoteImageFetcher>(provider => new RemoteImageFetcher(new DownloadOptions(), new NetworkAccess(), provider.GetRequiredService<TimeProvider>()))
                .AddKeyedSingleton<IImageBackend, BackgroundRemovalBackend>(BackendRegistry.BackgroundRemovalKey)
                .AddKeyedSingleton<IImageBackend, BoardBackend>(BackendRegistry.BoardKey)
                .AddSingleton<IReadOnlyList<IImageBackend>>(provider => [.. Choose(options).Select(backend => backend.Create!(provider))]);
        }
    }

    /// <summary>Every backend there is, one line each. One that lacks what it needs cannot be created.</summary>
    private static KnownBackend[] Describe(BackendOptions options) =>
    [
        new(new("openai", OpenAIModels.Resolve, OpenAIModels.Current), options.OpenAI is { } openAI
            ? provider => new OpenAIBackend(openAI, ServiceHandler.Create(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<OpenAIBackend>>())
            : null),
        new(new("scenario", ScenarioModels.Resolve, ScenarioModels.Current), options.Scenario is { } scenario
            ? provider => new ScenarioBackend(scenario, ServiceHandler.Create(), provider.GetRequiredService<IUploadedAssets>(), provider.GetRequiredService<TimeProvider>())
            : null),
        new(new("azure", AzureModels.Resolve, AzureModels.Current), options.Azure is { } azure ? provider => CreateAzure(azure, provider) : null),
        new(CompatibleBackend.Models, options.Compatible is { } compatible
            ? provider => new CompatibleBackend(compatible, ServiceHandler.Create(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<OpenAIBackend>>())
            : null),
        new(new("sketch", model => SketchBackend.StandInFor(OpenAIModels.Resolve(model)), OpenAIModels.Current), provider => new SketchBackend(
            OpenAIModels.Resolve(options.Model),
            options.Sketch with { Reason = options.Order is [] ? NoKey : null },
            provider.GetRequiredService<TimeProvider>())),
    ];

    private static OpenAIBackend CreateAzure(AzureOptions options, IServiceProvider provider)
    {
        var (handler, time) = (ServiceHandler.Create(), provider.GetRequiredService<TimeProvider>());
        return OpenAIBackend.Create(AzureService.Create(options, handler, time), handler, time, provider.GetRequiredService<ILogger<OpenAIBackend>>());
    }

    private static IEnumerable<KnownBackend> Choose(BackendOptions options)
    {
        var backends = Describe(options);
        return options.Order is [] ? [backends.First(backend => backend.Create is not null)] : options.Order.Select(name => backends.First(backend => backend.Models.Backend == name));
    }

    /// <param name="Create">Null without what it needs, such as a key.</param>
    private sealed record KnownBackend(ModelTable Models, Func<IServiceProvider, IImageBackend>? Create);
}
