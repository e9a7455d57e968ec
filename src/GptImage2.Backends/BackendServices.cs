using GptImage2.Backends.Downloads;
using GptImage2.Backends.Local;
using GptImage2.Backends.OpenAI;
using GptImage2.Backends.Sketch;
using GptImage2.Generation.Inputs;
using GptImage2.Generation.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GptImage2.Backends;

public static class BackendServices
{
    private const string NoKey = "the server has no OPENAI_API_KEY";

    extension(IServiceCollection services)
    {
        /// <summary>Adds downloads and the chosen backend: by name, or with <c>auto</c> the first one that has a key, else sketches.</summary>
        /// <param name="openAI">Null without a key.</param>
        public IServiceCollection AddGptImage2(string choice, OpenAIOptions? openAI, SketchOptions sketch) => services
            .AddSingleton<IRemoteImageFetcher>(provider => new RemoteImageFetcher(new DownloadOptions(), new NetworkAccess(), provider.GetRequiredService<TimeProvider>()))
            .AddKeyedSingleton<IImageBackend, BackgroundRemovalBackend>(BackendRegistry.BackgroundRemovalKey)
            .AddKeyedSingleton<IImageBackend, BoardBackend>(BackendRegistry.BoardKey)
            .AddSingleton<IImageBackend>(provider => (choice, openAI) switch
            {
                ("openai" or "auto", { } options) => new OpenAIBackend(
                    options,
                    OpenAIBackend.CreateHandler(),
                    provider.GetRequiredService<TimeProvider>(),
                    provider.GetRequiredService<ILogger<OpenAIBackend>>()),
                _ => new SketchBackend(sketch with { Reason = choice is "auto" ? NoKey : null }, provider.GetRequiredService<TimeProvider>()),
            });
    }
}
