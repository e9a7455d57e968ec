using GptImage2.Backends.Downloads;
using GptImage2.Backends.Http;
using GptImage2.Backends.Local;
using GptImage2.Backends.OpenAI;
using GptImage2.Backends.OpenAI.Azure;
using GptImage2.Backends.OpenAI.Compatible;
using GptImage2.Backends.OpenAI.Models;
using GptImage2.Backends.OpenAI.Responses;
using GptImage2.Backends.Scenario;
using GptImage2.Backends.Scenario.Models;
using GptImage2.Backends.Sketch;
using GptImage2.Generation.Inputs;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
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
        /// <summary>Adds downloads and the backends that the options name. A program may add further ones, as services of the type <see cref="IImageBackend"/>.</summary>
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
                .AddSingleton<IReadOnlyList<IImageBackend>>(provider => [.. Choose(options, provider)]);
        }
    }

    /// <summary>Every backend there is, one line each. One that lacks what it needs cannot be created.</summary>
    private static KnownBackend[] Describe(BackendOptions options) =>
    [
        new(new("openai", OpenAIModels.Resolve, OpenAIModels.Current), options is { OpenAI: { } carried, Responses: { } responses }
            ? provider => new ResponsesBackend(carried, responses, ServiceHandler.Create(), provider.GetRequiredService<TimeProvider>())
            : options.OpenAI is { } openAI
            ? provider => new OpenAIBackend(openAI, ServiceHandler.Create(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<OpenAIBackend>>())
            : null),
        new(new("scenario", ScenarioModels.Resolve, ScenarioModels.Current), options.Scenario is { } scenario
            ? provider => new ScenarioBackend(scenario, ServiceHandler.Create(), provider.GetRequiredService<IUploadedAssets>(), provider.GetRequiredService<TimeProvider>())
            : null),
        new(new("azure", AzureModels.Resolve, AzureModels.Current) { Setting = "AZURE_OPENAI_DEPLOYMENT" }, options.Azure is { } azure ? provider => CreateAzure(azure, provider) : null),
        new(CompatibleBackend.Models, options.Compatible is { } compatible
            ? provider => new CompatibleBackend(compatible, ServiceHandler.Create(), provider.GetRequiredService<IRemoteImageFetcher>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<OpenAIBackend>>())
            : null),
        new(new("sketch", model => SketchBackend.StandInFor(OpenAIModels.Resolve(model)), OpenAIModels.Current), provider => new SketchBackend(
            OpenAIModels.Resolve(options.Model),
            options.Sketch with { Reason = options.Order is [] ? options.Sketch.Reason ?? NoKey : null },
            provider.GetRequiredService<TimeProvider>())),
    ];

    private static OpenAIBackend CreateAzure(AzureOptions options, IServiceProvider provider)
    {
        var (handler, time) = (ServiceHandler.Create(), provider.GetRequiredService<TimeProvider>());
        return OpenAIBackend.Create(AzureService.Create(options, handler, time), handler, time, provider.GetRequiredService<ILogger<OpenAIBackend>>());
    }

    /// <summary>Those that the options name; without a name those that the program has added, or else the first of ours that has what it needs.</summary>
    private static IEnumerable<IImageBackend> Choose(BackendOptions options, IServiceProvider provider)
    {
        IImageBackend[] added = [.. provider.GetServices<IImageBackend>()];
        var known = Describe(options);
        return options.Order is not [] ? options.Order.Select(Find)
            : added is not [] ? added
            : [known.First(backend => backend.Create is not null).Create!(provider)];

        IImageBackend Find(string name) =>
            added.FirstOrDefault(backend => backend.Name == name)
            ?? known.FirstOrDefault(backend => backend.Models.Backend == name)?.Create?.Invoke(provider)
            ?? throw new InvalidOperationException($"There is no backend '{name}', or it lacks what it needs, such as a key.");
    }

    /// <param name="Create">Null without what it needs, such as a key.</param>
    private sealed record KnownBackend(ModelTable Models, Func<IServiceProvider, IImageBackend>? Create);
}
