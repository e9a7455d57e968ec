using GptImage2.Backends.OpenAI;
using GptImage2.Backends.Sketch;
using GptImage2.Generation.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GptImage2.Backends;

public static class BackendServices
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the backend that is chosen: by name, or with <c>auto</c> the first one that has a key, else sketches.</summary>
        public IServiceCollection AddGptImage2(string choice) => services.AddSingleton<IImageBackend>(provider =>
        {
            var openAI = provider.GetRequiredService<OpenAIOptions>();
            return choice switch
            {
                "openai" => OpenAI(provider, openAI),
                "auto" when openAI.ApiKey is not null => OpenAI(provider, openAI),
                "auto" => Sketch(provider, "no key found in this process's environment (looked for OPENAI_API_KEY)"),
                _ => Sketch(provider, null),
            };
        });
    }

    private static OpenAIBackend OpenAI(IServiceProvider provider, OpenAIOptions options) => new(
        options,
        OpenAIBackend.CreateHandler(),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<OpenAIBackend>>());

    private static SketchBackend Sketch(IServiceProvider provider, string? reason) => new(
        provider.GetRequiredService<SketchOptions>() with { Reason = reason },
        provider.GetRequiredService<TimeProvider>());
}
